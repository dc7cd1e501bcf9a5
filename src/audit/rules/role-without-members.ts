import type { AccessSide } from "../access/access.ts";
import { type AccessRule, lacks } from "./rule.ts";

/** A role has no member. */
export const roleWithoutMembers: AccessRule = {
  kind: "access",
  id: "role-without-members",
  severity: "low",
  title: "A role has no member",
  needs: ["roles"],
  check: ({ side }) => {
    // Any role may be the one that somebody is given.
    if (lacks(side, "roles")) return [];
    const held = heldRoles(side);
    return [...side.roles.values()]
      .filter(({ key, address }) => address !== undefined && !held.has(key))
      .map(({ key, name, address }) => ({
        what: `Nothing in the plan gives the role ${name} to anybody.`,
        todo: "Grant the role, or delete it.",
        address,
        subject: key,
      }));
  },
};

/** Keys of roles that somebody has, or may have. */
function heldRoles(side: AccessSide): ReadonlySet<string> {
  const identities = [...side.identities.values()];
  return new Set(identities.flatMap(({ grants }) => grants.map(({ role }) => role.key)));
}
