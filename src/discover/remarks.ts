import { everyoneId, isPowerful } from "../access/administrators.ts";
import { type HeldRole, type Holder, powerOf } from "../access/access-path.ts";
import type { Snapshot } from "../client/snapshot/read-snapshot.ts";
import { parseInstant, instantOf } from "../vocabulary/instant.ts";
import { listed } from "../vocabulary/listed.ts";
import { shown } from "../vocabulary/shown-text.ts";
import type { GrantEntry, Model, Section, TokenEntry } from "./model.ts";
import { isGone, partyName, type Party } from "./parties.ts";

/** The kinds of remarks, the most important first, each with its title in a summary. */
export const remarkTitles = {
  "administrator-token": "Access tokens of administrators, or of who can become one",
  "endless-token": "Access tokens that never expire",
  "expired-token": "Access tokens that have expired",
  "disabled-token": "Access tokens that are disabled",
  "second-token": "Users with two access tokens, neither of which can rotate",
  "directory-token": "Access tokens of directory users",
  "orphan-token": "Access tokens of users who no longer exist",
  "everyone-in-role": "Roles that everybody has",
  "gone-member": "Members of roles who no longer exist",
  "idle-account": "Accounts without any role",
  "unheld-role": "Roles that nobody has",
  "empty-group": "Groups that nobody is in",
} as const;

/** What a remark is about. */
export type RemarkKind = keyof typeof remarkTitles;

/** Something that the person who takes over the cluster should know. */
export interface Remark {
  readonly kind: RemarkKind;
  /** What it is about: a part of the model. */
  readonly at: object;
  /** Names it in a summary. */
  readonly subject: string;
  /** Sentences for a comment at the thing. */
  readonly text: string;
}

/** Finds remarks about everything that becomes code. There are none about what could not be read. */
export function remarksOf(model: Model, snapshot: Snapshot): readonly Remark[] {
  const reach = reachOf(snapshot);
  const found = [
    ...model.sections.flatMap((section) => [
      ...section.tokens.flatMap((token) => tokenRemarks(token, section, reach)),
      ...section.grants.flatMap((grant) => grantRemarks(grant, section.party)),
      ...accountRemarks(section, reach),
    ]),
    ...roleRemarks(model),
  ];
  const kinds = Object.keys(remarkTitles);
  return found.toSorted((left, right) => kinds.indexOf(left.kind) - kinds.indexOf(right.kind));
}

/** Facts that are needed for every account, computed once, because a cluster may have 200,000 accounts. */
interface Reach {
  readonly now: Date;
  /** Roles that make their holder an administrator, or let it become one. */
  readonly powerful: readonly HeldRole[];
  /** Groups by the auth ids of those that are in them. */
  readonly groups: ReadonlyMap<string, readonly LocalGroup[]>;
  /** The auth ids of all that hold a role by themselves. */
  readonly holders: ReadonlySet<string>;
  /** Whether everybody has a role, or may have one because not everything could be read. */
  readonly mayAllHaveRole: boolean;
}

type LocalGroup = Snapshot["groups"][number];

function reachOf({ now, roles, groups, read }: Snapshot): Reach {
  const byMember = new Map<string, LocalGroup[]>();
  for (const group of groups) {
    for (const id of new Set((group.members ?? []).map((member) => member.id))) {
      const others = byMember.get(id);
      if (others === undefined) byMember.set(id, [group]);
      else others.push(group);
    }
  }
  const isForEverybody = ({ members = [] }: Snapshot["roles"][number]): boolean => members.some(isEverybody);
  return {
    now,
    powerful: roles.filter(isPowerful).map(heldRole),
    groups: byMember,
    holders: new Set(roles.flatMap((role) => [...memberIds(role)])),
    mayAllHaveRole: !read.has("role-members") || !read.has("group-members") || roles.some(isForEverybody),
  };
}

function isEverybody({ domain }: { readonly domain?: string | undefined }): boolean {
  return domain === "WORLD";
}

function heldRole(role: Snapshot["roles"][number]): HeldRole {
  const members = new Map((role.members ?? []).map((member) => [member.authId, member]));
  return {
    name: role.name,
    privileges: role.privileges,
    findMember({ authId }) {
      if (authId === undefined) return undefined;
      // All of that domain stand for everybody, whatever their ids.
      return members.get(authId) ?? (authId === everyoneId ? role.members?.find(isEverybody) : undefined);
    },
  };
}

function memberIds({ members = [] }: Snapshot["roles"][number]): ReadonlySet<string> {
  return new Set(members.map(({ authId }) => authId));
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

function tokenRemarks(entry: TokenEntry, section: Section, reach: Reach): readonly Remark[] {
  const { party, tokens } = section;
  const owner = renderParty(party);
  const isOrphan = isGone(party);
  const paths = isOrphan ? [] : administratorPaths(party, reach);
  const found: readonly (readonly [RemarkKind, string] | undefined)[] = [
    paths.length === 0 ? undefined : ["administrator-token", administratorRemark(paths)],
    ...lifeRemarks(entry, reach.now),
    tokens.length < 2 ? undefined : ["second-token", secondRemark],
    isOrphan ? ["orphan-token", "Its user no longer exists, so nobody can use it."] : undefined,
    isOfDirectory(party) ? ["directory-token", directoryRemark] : undefined,
  ];
  return found.flatMap((remark) => {
    if (remark === undefined) return [];
    const [kind, text] = remark;
    return [{ kind, at: entry, text, subject: kind === "second-token" ? owner : `${entry.token.id} of ${owner}` }];
  });
}

function lifeRemarks({ token }: TokenEntry, now: Date): readonly (readonly [RemarkKind, string])[] {
  const { expirationTime: end, enabled } = token;
  const instant = end === undefined ? undefined : parseInstant(end);
  const isExpired = instant !== undefined && instant <= instantOf(now);
  return [
    ...(end === undefined ? [["endless-token", endlessRemark] as const] : []),
    ...(isExpired
      ? [["expired-token", `It expired on ${end ?? ""}, and the cluster no longer accepts it.`] as const]
      : []),
    ...(enabled ? [] : [["disabled-token", "It is disabled: the cluster does not accept it."] as const]),
  ];
}

const endlessRemark = "It never expires. Give it an end (expires_in), so that it can rotate.";
const secondRemark = "Its user has two access tokens, and no slot for a third: neither can rotate.";
const directoryRemark =
  "Its user comes from a directory. What that user may do through the directory's groups was not checked.";

function administratorRemark(paths: readonly string[]): string {
  return `Its user is an administrator, or can become one, by ${listed(paths, { separator: " and " })}. Whoever has the bearer token controls the cluster. Extending, enabling or rotating the token needs allow_administrator = true.`;
}

function isOfDirectory(party: Party): boolean {
  return party.kind === "outsider" && party.identity.domain !== "LOCAL" && !isGone(party);
}

/** The paths by which somebody is an administrator or can become one, as far as local groups and roles show. */
function administratorPaths(party: Party, { powerful, groups }: Reach): readonly string[] {
  const holders: readonly Holder[] = [
    { kind: "self", authId: party.authId, name: renderParty(party) },
    ...(groups.get(party.authId) ?? []).map(({ id, name }) => ({ kind: "group" as const, authId: id, name })),
    { kind: "group", authId: everyoneId, name: "Everyone" },
  ];
  return powerOf({ holders, roles: powerful }).paths.map((path) => shown(path));
}

function grantRemarks(grant: GrantEntry, party: Party): readonly Remark[] {
  const role = shown(grant.role.role.name);
  if (isGone(party)) {
    const subject = `${renderParty(party)} in ${role}`;
    return [{ kind: "gone-member", at: grant, subject, text: "This member no longer exists." }];
  }
  if (party.kind !== "outsider" || party.identity.domain !== "WORLD") return [];
  return [{ kind: "everyone-in-role", at: grant, subject: role, text: "This gives the role to everybody." }];
}

function accountRemarks(section: Section, reach: Reach): readonly Remark[] {
  const { party } = section;
  const subject = renderParty(party);
  if (party.kind === "group") {
    if (!party.isManaged || party.group.members?.length !== 0) return [];
    return [{ kind: "empty-group", at: party, subject, text: "Nobody is in this group." }];
  }
  if (party.kind !== "user" || !party.isManaged || hasRole(party, reach)) return [];
  const text = "It has no role, neither by itself nor through a local group.";
  return [{ kind: "idle-account", at: party, subject, text }];
}

/** Whether somebody has a role, or may have one because not everything could be read. */
function hasRole({ authId }: Party, { holders, groups, mayAllHaveRole }: Reach): boolean {
  return mayAllHaveRole || holders.has(authId) || (groups.get(authId) ?? []).some(({ id }) => holders.has(id));
}

function roleRemarks({ roles }: Model): readonly Remark[] {
  return roles
    .filter(({ role }) => role.members?.length === 0)
    .map((entry) => ({
      kind: "unheld-role",
      at: entry,
      subject: shown(entry.role.name),
      text: "Nobody has this role.",
    }));
}
