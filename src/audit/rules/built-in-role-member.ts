import { isBuiltInRole } from "../../vocabulary/role-name.ts";
import { type AccessRule, identitiesOf } from "./rule.ts";

/** An identity has a built-in role. */
export const builtInRoleMember: AccessRule = {
  kind: "access",
  id: "built-in-role-member",
  severity: "medium",
  title: "A built-in role gives more than one program needs",
  needs: ["roles", "members"],
  check: (subject) =>
    identitiesOf(subject).flatMap((access) =>
      access.grants
        .filter(({ role, group, address }) => isBuiltInRole(role.name) && group === undefined && address !== undefined)
        .map(({ role, address }) => ({
          what: `${access.label} has the built-in role ${role.name}, whose privileges change with the cluster's version.`,
          got: role.name,
          allowed: "a role of its own",
          todo: "Make a role with the privileges that are needed, and grant that one.",
          address,
          identity: access.label,
          subject: role.key,
          cause: {
            key: role.key,
            what: `Several identities have the built-in role ${role.name}, whose privileges change with the cluster's version.`,
          },
        })),
    ),
};
