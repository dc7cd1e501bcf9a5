import { isAdministratorsRole } from "../../access/administrators.ts";
import { listed } from "../../vocabulary/listed.ts";
import type { IdentityAccess, RoleView } from "../access/access.ts";
import type { Need } from "../access/gap.ts";
import type { ResolvedAccess } from "../access/resolve.ts";

/** What is asked: about a privilege, of whoever holds it, or about one identity, by its key. */
export type Asked = { readonly privilege: string } | { readonly identity: string };

/** What may decide about the answer and is not known after a plan, as sentences. */
export function unknownOf({ after, registry }: ResolvedAccess, asked: Asked): readonly string[] {
  const identities = [...after.identities.values()];
  const concerned = "identity" in asked ? identities.filter(({ key }) => key === asked.identity) : identities;
  const names = "identity" in asked ? [registry.labelOf(asked.identity)] : concerned.filter(hasAccess).map(labelOf);
  const sentences = [
    ...after.gaps
      .filter(({ lacks }) => concerns(lacks, asked))
      .map(({ address, what }) => (address === undefined ? what : `${address}: ${what}`)),
    ...openRoles(concerned, asked).map(renderOpenRole),
    ...directorySentences(names, asked),
  ];
  return [...new Set(sentences)];
}

/**
 * Whether a gap is about what was asked. Unknown privileges are reported for the roles that somebody has, so they are left out
 * here.
 */
function concerns(lacks: readonly Need[], asked: Asked): boolean {
  return lacks.some(
    (need) => need === "roles" || need === "members" || ("identity" in asked && need === "token-users"),
  );
}

function hasAccess({ grants }: IdentityAccess): boolean {
  return grants.length > 0;
}

function labelOf({ label }: IdentityAccess): string {
  return label;
}

/** Roles that somebody holds and whose privileges are not all known, with those who hold them. */
function openRoles(
  identities: readonly IdentityAccess[],
  asked: Asked,
): readonly (readonly [RoleView, readonly string[]])[] {
  const open = new Map<string, { readonly role: RoleView; readonly holders: Set<string> }>();
  for (const { label, grants } of identities) {
    for (const { role } of grants) {
      if (role.isComplete || isAdministratorsRole(role.name)) continue;
      if ("privilege" in asked && role.privileges.has(asked.privilege)) continue;
      const known = open.get(role.key) ?? { role, holders: new Set() };
      open.set(role.key, known);
      known.holders.add(label);
    }
  }
  return [...open.values()].map(({ role, holders }) => [role, [...holders]]);
}

function renderOpenRole([{ name, address }, holders]: readonly [RoleView, readonly string[]]): string {
  const why = address === undefined ? "which is not described here" : "some of which are decided during apply";
  return `Not all privileges of the role ${name} are known, ${why}. It is held by ${listed(holders)}.`;
}

/**
 * Sentences for members from directories. Only the directory knows who is in its groups, and the audit cannot tell whether such
 * a name is a group.
 */
function directorySentences(labels: readonly string[], asked: Asked): readonly string[] {
  const foreign = labels.filter((label) => /^(?:ad|ldap_group|sid|gid):/.test(label));
  if (foreign.length === 0) return [];
  if ("identity" in asked) {
    return ["To which groups of a directory it belongs, and what these may do, only the directory knows."];
  }
  return [`Only the directory knows who is in ${listed(foreign)}, where that is a group: all of them can do the same.`];
}
