import type { Identity } from "../client/identities.ts";
import type { LocalUser } from "../client/local-users.ts";
import type { GroupWithMembers, Snapshot } from "../client/snapshot/read-snapshot.ts";
import { type BuiltInGroupName, builtInGroups, isBuiltInGroup } from "../vocabulary/local-groups.ts";
import { builtInUsers } from "../vocabulary/local-users.ts";
import { userNameFault } from "../vocabulary/user-name.ts";
import { labelOf, taggedLabel } from "./labels.ts";
import { userFault } from "../client/snapshot/no-code.ts";
import type { Selection } from "./selection.ts";

interface PartyBase {
  /** What it is called in code; no two parties have the same. */
  readonly label: string;
  /** The cluster's own id of it. */
  readonly authId: string;
}

/** A local user. */
export interface UserParty extends PartyBase {
  readonly kind: "user";
  readonly user: LocalUser;
  /** `undefined` for the group `Users`, which a user is in without being put there, and where groups could not be read. */
  readonly primaryGroup: GroupParty | undefined;
  readonly isBuiltIn: boolean;
  /** Whether code is written for the user; otherwise code refers to it by its id. */
  readonly isManaged: boolean;
}

/** A local group. */
export interface GroupParty extends PartyBase {
  readonly kind: "group";
  readonly group: GroupWithMembers;
  readonly builtIn: BuiltInGroupName | undefined;
  /** Whether code is written for the group; otherwise code refers to it by its id. */
  readonly isManaged: boolean;
}

/** Somebody from a directory, everyone, or a deleted account. */
export interface Outsider extends PartyBase {
  readonly kind: "outsider";
  readonly identity: Identity;
}

/** Whoever has roles or access tokens. */
export type Party = UserParty | GroupParty | Outsider;

/** Everybody on a cluster. */
export interface Parties {
  readonly users: readonly UserParty[];
  readonly groups: readonly GroupParty[];
  /** The party of an identity; always the same object for the same identity. */
  readonly of: (identity: Identity) => Party;
  /** The user, also one who is not among those that could be read. */
  readonly ofUser: (user: LocalUser) => UserParty;
}

/** Names everybody on the cluster. */
export function partiesOf(snapshot: Snapshot, selection: Selection): Parties {
  const groups = snapshot.groups.map((group) => groupParty(group, selection));
  const users = snapshot.users.map((user) => userParty(user, { groups, selection }));
  const byId = new Map<string, Party>([...groups, ...users].map((party) => [party.authId, party]));
  const remember = <T extends Party>(party: T): T => {
    byId.set(party.authId, party);
    return party;
  };
  return {
    users,
    groups,
    of: (identity) => byId.get(identity.authId) ?? remember(outsider(identity)),
    ofUser(user) {
      const known = byId.get(user.id);
      return known?.kind === "user" ? known : remember({ ...userParty(user, { groups, selection }), isManaged: false });
    },
  };
}

/** The name that people know somebody by; `undefined` when the cluster knows none. */
export function partyName(party: Party): string | undefined {
  if (party.kind === "user") return party.user.name;
  return party.kind === "group" ? party.group.name : party.identity.name;
}

/** Whether it comes with the cluster. */
export function isBuiltInParty(party: Party): boolean {
  if (party.kind === "user") return party.isBuiltIn;
  if (party.kind === "group") return party.builtIn !== undefined;
  return party.identity.domain?.startsWith("API_") === true;
}

/** Whether the cluster knows the id and nothing more: the account was deleted. */
export function isGone(party: Party): boolean {
  return party.kind === "outsider" && party.identity.name === undefined && !isBuiltInParty(party);
}

interface Around {
  readonly groups: readonly GroupParty[];
  readonly selection: Selection;
}

function userParty(user: LocalUser, { groups, selection }: Around): UserParty {
  const isBuiltIn = Object.values<string>(builtInUsers).includes(user.id);
  const isAsked = selection.has("users") && selection.matches(user.name);
  const isManaged = isAsked && !isBuiltIn && userFault(user) === undefined;
  const primaryGroup = groups.find(({ authId }) => authId === user.primaryGroup && authId !== builtInGroups.Users);
  return { kind: "user", user, authId: user.id, label: labelOf(user.name), primaryGroup, isBuiltIn, isManaged };
}

function groupParty(group: GroupWithMembers, selection: Selection): GroupParty {
  const isBuiltIn = Object.values<string>(builtInGroups).includes(group.id);
  const isAsked = selection.has("groups") && selection.matches(group.name);
  const isManaged = isAsked && !isBuiltIn && userNameFault(group.name) === undefined;
  const builtIn = isBuiltIn && isBuiltInGroup(group.name) ? group.name : undefined;
  return { kind: "group", group, authId: group.id, label: labelOf(group.name), builtIn, isManaged };
}

function outsider(identity: Identity): Outsider {
  const { domain, name, authId } = identity;
  // Names of other domains may be those of local accounts as well.
  const isLocal = domain === "LOCAL" && name !== undefined;
  const label = isLocal ? labelOf(name) : taggedLabel(name ?? "gone", authId);
  return { kind: "outsider", identity, authId, label };
}
