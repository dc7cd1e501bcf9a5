import { knownOf, readText } from "../plan/attributes.ts";
import type { PlanRule } from "./rule.ts";

const kinds = { qumulo_local_user: "users", qumulo_local_group: "groups", qumulo_role: "roles" } as const;

/** A name is not one that the policy allows. */
export const nameNotAllowed: PlanRule = {
  kind: "plan",
  id: "name-not-allowed",
  severity: "medium",
  title: "The policy does not allow a name",
  needs: ["names"],
  isAsked: ({ names = {} }) => Object.keys(names).length > 0,
  check: ({ plan, policy }) =>
    plan.objects.flatMap(({ address, type, mode, after }) => {
      const kind = Object.entries(kinds).find(([known]) => known === type)?.[1];
      const pattern = kind === undefined ? undefined : policy.names?.[kind];
      if (mode !== "managed" || after === undefined || pattern === undefined) return [];
      const name = knownOf(readText(after, "name"));
      if (name === undefined || new RegExp(`^(?:${pattern})$`, "u").test(name)) return [];
      return [
        {
          what: `The name of ${address} is not one that the policy allows.`,
          got: name,
          allowed: pattern,
          todo: "Rename it, or change the policy.",
          address,
          subject: name,
        },
      ];
    }),
};
