import { riskOf, riskWords } from "../../access/risk.ts";
import type { PrivilegeRisk } from "../../vocabulary/privileges.ts";
import { type Grant, type IdentityAccess, isAdministrator, renderPath } from "../access/access.ts";
import { type Draft, identitiesOf, listed, type SideSubject } from "./rule.ts";

/**
 * Findings about privileges of one risk, one for each path from an identity to a role that holds some.
 *
 * Administrators hold all of them and have rules of their own.
 */
export function findRisky(subject: SideSubject, risk: PrivilegeRisk, todo: string): readonly Draft[] {
  return identitiesOf(subject)
    .filter((access) => !isAdministrator(access))
    .flatMap((access) => direct(access).flatMap((grant) => draftOf(access, grant, { risk, todo })));
}

/** Members of a group get what it gives through it: the group has the finding already. */
function direct(access: IdentityAccess): readonly Grant[] {
  return access.grants.filter(({ group }) => group === undefined || access.tokens.length > 0);
}

function draftOf(
  access: IdentityAccess,
  grant: Grant,
  { risk, todo }: { readonly risk: PrivilegeRisk; readonly todo: string },
): readonly Draft[] {
  const risky = [...grant.role.privileges].filter((name) => riskOf(name) === risk);
  if (risky.length === 0) return [];
  return [
    {
      what: `${access.label} ${riskWords[risk].can} (${renderPath(access, grant)}).`,
      got: listed(risky),
      todo,
      address: grant.role.address ?? grant.address ?? access.address,
      identity: access.label,
      subject: [grant.role.key, ...risky.toSorted()].join(" "),
      cause: {
        key: [grant.role.key, ...risky.toSorted()].join(" "),
        what: `Whoever has the role ${grant.role.name} ${riskWords[risk].can}.`,
      },
    },
  ];
}
