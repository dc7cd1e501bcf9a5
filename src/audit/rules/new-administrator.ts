import { isAdministrator } from "../access/access.ts";
import type { WholeRule } from "./rule.ts";

/** An identity becomes an administrator. */
export const newAdministrator: WholeRule = {
  kind: "whole",
  id: "new-administrator",
  severity: "critical",
  title: "An identity becomes an administrator",
  needs: ["roles", "members"],
  check: ({ clusters }) =>
    clusters.flatMap(({ cluster, before, after }) =>
      [...after.identities.values()]
        .filter((access) => isAdministrator(access) && !isAdministrator(before.identities.get(access.key)))
        .map((access) => ({
          what: `${access.label} can do everything on the cluster once this plan is applied.`,
          got: "a new member of Administrators",
          allowed: "a role with the privileges that are needed",
          todo: "Make a role of its own for it, or accept the finding in the baseline with a reason.",
          address: access.grants.find(({ role }) => role.key === "administrators")?.address,
          identity: access.label,
          cluster,
          subject: access.label,
        })),
    ),
};
