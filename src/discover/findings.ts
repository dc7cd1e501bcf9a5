import { parseInstant, instantOf } from "../vocabulary/instant.ts";
import { isPrivilegeName, privilegeRisks } from "../vocabulary/privileges.ts";
import { isSameRoleName } from "../vocabulary/role-name.ts";
import { builtInUsers } from "../vocabulary/local-users.ts";
import type { GrantEntry, Model, Section, TokenEntry } from "./model.ts";
import { isGone, partyName, type Party } from "./parties.ts";
import { shown } from "../vocabulary/shown-text.ts";
import type { Snapshot } from "./snapshot.ts";
import { listed } from "../vocabulary/listed.ts";

/** Kinds of findings, those first that somebody should look at first, each with what it is called in a summary. */
export const findingTitles = {
  "administrator-token": "Access tokens of administrators, or of who can become one",
  "endless-token": "Access tokens that never expire",
  "expired-token": "Access tokens that have expired",
  "disabled-token": "Access tokens that are disabled",
  "second-token": "Users with two access tokens, neither of which can rotate",
  "directory-token": "Access tokens of users of a directory",
  "orphan-token": "Access tokens of users who no longer exist",
  "everyone-in-role": "Roles that everybody has",
  "gone-member": "Members of roles who no longer exist",
  "idle-account": "Accounts without any role",
  "unheld-role": "Roles that nobody has",
  "empty-group": "Groups that nobody is in",
} as const;

/** What a finding is about. */
export type FindingKind = keyof typeof findingTitles;

/** Something that whoever takes the cluster over should know. */
export interface Finding {
  readonly kind: FindingKind;
  /** What it is found at: a part of the model. */
  readonly at: object;
  /** Names it in a summary. */
  readonly subject: string;
  /** Sentences for a comment at the thing. */
  readonly remark: string;
}

/** Looks at what becomes code. Of what could not be read nothing is said. */
export function findingsOf(model: Model, snapshot: Snapshot): readonly Finding[] {
  const found = [
    ...model.sections.flatMap((section) => [
      ...section.tokens.flatMap((token) => tokenFindings(token, section, snapshot)),
      ...section.grants.flatMap((grant) => grantFindings(grant, section.party)),
      ...accountFindings(section, snapshot),
    ]),
    ...roleFindings(model),
  ];
  const kinds = Object.keys(findingTitles);
  return found.toSorted((left, right) => kinds.indexOf(left.kind) - kinds.indexOf(right.kind));
}

/** How people name somebody, in one line. */
export function renderParty(party: Party): string {
  const name = partyName(party);
  const by = name === undefined ? `auth_id ${party.authId}` : shown(name);
  return party.kind === "outsider" && name !== undefined ? `${by} (${domainOf(party)})` : by;
}

function domainOf(party: Party): string {
  const domain = party.kind === "outsider" ? party.identity.domain : "LOCAL";
  return domain ?? "of an unknown domain";
}

function tokenFindings(entry: TokenEntry, section: Section, snapshot: Snapshot): readonly Finding[] {
  const { party, tokens } = section;
  const owner = renderParty(party);
  const isOrphan = isGone(party);
  const paths = isOrphan ? [] : administratorPaths(party, snapshot);
  const found: readonly (readonly [FindingKind, string] | undefined)[] = [
    paths.length === 0 ? undefined : ["administrator-token", administratorRemark(paths)],
    ...lifeFindings(entry, snapshot.now),
    tokens.length < 2 ? undefined : ["second-token", secondRemark],
    isOrphan ? ["orphan-token", "Its user no longer exists, so that nobody can use it."] : undefined,
    isOfDirectory(party) ? ["directory-token", directoryRemark] : undefined,
  ];
  return found.flatMap((finding) => {
    if (finding === undefined) return [];
    const [kind, remark] = finding;
    return [{ kind, at: entry, remark, subject: kind === "second-token" ? owner : `${entry.token.id} of ${owner}` }];
  });
}

function lifeFindings({ token }: TokenEntry, now: Date): readonly (readonly [FindingKind, string])[] {
  const { expirationTime: end, enabled } = token;
  const instant = end === undefined ? undefined : parseInstant(end);
  const isExpired = instant !== undefined && instant <= instantOf(now);
  return [
    ...(end === undefined ? [["endless-token", endlessRemark] as const] : []),
    ...(isExpired
      ? [["expired-token", `It expired on ${end ?? ""}, and the cluster accepts it no more.`] as const]
      : []),
    ...(enabled ? [] : [["disabled-token", "It is disabled: the cluster does not accept it."] as const]),
  ];
}

const endlessRemark = "It never expires. Give it an end (expires_in), so that it can rotate.";
const secondRemark = "Its user has two access tokens, and no place for a third: neither can rotate.";
const directoryRemark =
  "Its user is of a directory. What that user may do through groups of the directory was not looked at.";

function administratorRemark(paths: readonly string[]): string {
  return `Its user is an administrator, or can become one, by ${listed(paths, { separator: " and " })}. Whoever has the bearer token controls the cluster. Prolonging, enabling or rotating the token takes allow_administrator.`;
}

function isOfDirectory(party: Party): boolean {
  return party.kind === "outsider" && party.identity.domain !== "LOCAL" && !isGone(party);
}

/** The ways by which somebody is an administrator or can become one, as far as local groups and roles tell. */
function administratorPaths(party: Party, { roles, groups }: Snapshot): readonly string[] {
  const groupsOfParty = groupsOf(party, groups);
  const paths = roles
    .filter(({ name, privileges }) => isSameRoleName(name, "Administrators") || privileges.some(isEscalating))
    .flatMap(({ name, members = [] }) => {
      const role = `the role ${shown(name)}`;
      if (members.some(({ authId }) => authId === party.authId)) return [role];
      if (members.some(({ domain }) => domain === "WORLD")) return [`${role}, which everybody has`];
      const through = groupsOfParty.find((group) => members.some(({ authId }) => authId === group.id));
      return through === undefined ? [] : [`${role} through the group ${shown(through.name)}`];
    });
  if (paths.length > 0 || party.authId !== builtInUsers.admin) return paths;
  return ["being the built-in user admin"];
}

function isEscalating(privilege: string): boolean {
  return isPrivilegeName(privilege) && privilegeRisks[privilege] === "escalation";
}

function grantFindings(grant: GrantEntry, party: Party): readonly Finding[] {
  const role = shown(grant.role.role.name);
  if (isGone(party)) {
    const subject = `${renderParty(party)} in ${role}`;
    return [{ kind: "gone-member", at: grant, subject, remark: "This member no longer exists." }];
  }
  if (party.kind !== "outsider" || party.identity.domain !== "WORLD") return [];
  return [{ kind: "everyone-in-role", at: grant, subject: role, remark: "This gives the role to everybody." }];
}

function accountFindings(section: Section, snapshot: Snapshot): readonly Finding[] {
  const { party } = section;
  const subject = renderParty(party);
  if (party.kind === "group") {
    if (!party.isManaged || party.group.members?.length !== 0) return [];
    return [{ kind: "empty-group", at: party, subject, remark: "Nobody is in this group." }];
  }
  if (party.kind !== "user" || !party.isManaged || hasRole(party, snapshot)) return [];
  const remark = "It has no role, neither by itself nor through a local group.";
  return [{ kind: "idle-account", at: party, subject, remark }];
}

/** Whether somebody has a role, or may have one for all that was read. */
function hasRole(party: Party, { roles, groups, read }: Snapshot): boolean {
  if (!read.has("role-members") || !read.has("group-members")) return true;
  const ids = groupsOf(party, groups).map(({ id }) => id);
  return roles.some(({ members = [] }) =>
    members.some(({ authId, domain }) => domain === "WORLD" || authId === party.authId || ids.includes(authId)),
  );
}

function groupsOf({ authId }: Party, groups: Snapshot["groups"]): Snapshot["groups"] {
  return groups.filter(({ members = [] }) => members.some(({ id }) => id === authId));
}

function roleFindings({ roles }: Model): readonly Finding[] {
  return roles
    .filter(({ role }) => role.members?.length === 0)
    .map((entry) => ({
      kind: "unheld-role",
      at: entry,
      subject: shown(entry.role.name),
      remark: "Nobody has this role.",
    }));
}
