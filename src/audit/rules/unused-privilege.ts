import type { AccessSide } from "../access/access.ts";
import { lacks, listed, type WholeRule } from "./rule.ts";

/** Nobody uses the privileges of a role any more. */
export const unusedPrivilege: WholeRule = {
  kind: "whole",
  id: "unused-privilege",
  severity: "medium",
  title: "Nobody uses a privilege any more",
  needs: ["roles"],
  check: ({ clusters }) =>
    clusters.flatMap(({ cluster, before, after }) => {
      if (lacks(after, "roles")) return [];
      const [had, has] = [holdersByRole(before), holdersByRole(after)];
      return [...after.roles.values()]
        .filter(({ key, address }) => address !== undefined && had.has(key) && !has.has(key))
        .map(({ key, name, address, privileges }) => ({
          what: `The role ${name} loses its last member, and keeps its privileges for whoever is added next.`,
          got: listed(privileges),
          todo: "Delete the role as well, or grant it to who needs it.",
          address,
          subject: key,
          cluster,
        }));
    }),
};

function holdersByRole({ identities }: AccessSide): ReadonlySet<string> {
  return new Set([...identities.values()].flatMap(({ grants }) => grants.map(({ role }) => role.key)));
}
