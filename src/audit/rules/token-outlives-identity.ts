import { withPlanName } from "../plan/plan-name.ts";
import type { PlanRule } from "./rule.ts";

/** A token stays for an identity that the same plan deletes. */
export const tokenOutlivesIdentity: PlanRule = {
  kind: "plan",
  id: "token-outlives-identity",
  severity: "high",
  title: "An access token is for a user whom the same plan deletes",
  needs: ["token-users"],
  check: ({ plan, clusters }) => {
    const deleted = new Set(
      plan.objects
        .filter(({ action, type }) => action === "delete" && type === "qumulo_local_user")
        .map(({ address }) => withPlanName(plan.name, address)),
    );
    return clusters.flatMap(({ cluster, before, after }) =>
      [...after.identities.values()]
        .filter(({ key }) => deleted.has(before.identities.get(key)?.address ?? ""))
        .filter(({ address }) => address === undefined)
        .flatMap(({ key, label, tokens }) =>
          tokens.map(({ place, object }) => ({
            what: `${place} stays in the configuration, and its user ${label} is deleted: the apply fails, or leaves a token without a user.`,
            got: `${before.identities.get(key)?.address ?? label} is deleted`,
            todo: "Delete the access token as well, or keep the user.",
            address: object?.address,
            identity: label,
            subject: place,
            cluster,
          })),
        ),
    );
  },
};
