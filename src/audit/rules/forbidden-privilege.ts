import { effectivePrivileges, renderPath } from "../access/access.ts";
import { type AccessRule, identitiesOf, listed } from "./rule.ts";

/** An identity holds what the policy refuses. */
export const forbiddenPrivilege: AccessRule = {
  kind: "access",
  id: "forbidden-privilege",
  severity: "high",
  title: "The policy refuses a privilege",
  needs: ["privileges", "roles", "members"],
  isAsked: ({ allowed_privileges: allowed, forbidden_privileges: forbidden = [] }) =>
    allowed !== undefined || forbidden.length > 0,
  check: (subject) => {
    const { allowed_privileges: allowed, forbidden_privileges: forbidden = [] } = subject.policy;
    const isRefused = (name: string): boolean =>
      forbidden.includes(name) || (allowed !== undefined && !allowed.includes(name));
    return identitiesOf(subject).flatMap((access) => {
      const refused = [...effectivePrivileges(access).values()].filter(({ privilege }) => isRefused(privilege));
      const [first] = refused;
      if (first === undefined) return [];
      const names = refused.map(({ privilege }) => privilege);
      return [
        {
          what: `${access.label} holds privileges that the policy refuses (${renderPath(access, first.grant)}).`,
          got: listed(names),
          allowed: allowed === undefined ? `none of ${listed(forbidden)}` : listed(allowed),
          todo: "Remove the privileges from the role.",
          address: first.grant.role.address ?? first.grant.address ?? access.address,
          identity: access.label,
          subject: names.toSorted().join(" "),
          cause: {
            key: [first.grant.role.key, ...names.toSorted()].join(" "),
            what: `Whoever has the role ${first.grant.role.name} holds privileges that the policy refuses.`,
          },
        },
      ];
    });
  },
};
