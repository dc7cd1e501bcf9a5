import type { AccessToken } from "../client/access-tokens.ts";
import type { RoleWithMembers, Snapshot } from "../client/snapshot/read-snapshot.ts";
import { isBuiltInRole } from "../vocabulary/role-name.ts";
import { fingerprintOf, labelOf } from "./labels.ts";
import { type LeftOut, leftOutOf } from "./left-out.ts";
import { privilegesFault, roleNameFault } from "../client/snapshot/no-code.ts";
import { type GroupParty, isBuiltInParty, type Parties, partiesOf, type Party, partyName } from "./parties.ts";
import type { Selection } from "./selection.ts";

/** A role as code knows it. */
export interface RoleEntry {
  readonly role: RoleWithMembers;
  readonly label: string;
  readonly isBuiltIn: boolean;
  /** Whether code is written for the role; otherwise code refers to it by its name. */
  readonly isManaged: boolean;
}

/** One membership in a role. */
export interface GrantEntry {
  readonly role: RoleEntry;
  /** `role:auth_id` */
  readonly importId: string;
}

/** One membership in a local group. */
export interface MembershipEntry {
  readonly group: GroupParty;
  /** `group:member`, both by id */
  readonly importId: string;
}

/** One access token. */
export interface TokenEntry {
  readonly token: AccessToken;
  /** Distinguished from other tokens of the same user by a fingerprint of its id. */
  readonly label: string;
}

/** One account with all that belongs to it, which stands together in code. */
export interface Section {
  readonly party: Party;
  readonly memberships: readonly MembershipEntry[];
  readonly grants: readonly GrantEntry[];
  readonly tokens: readonly TokenEntry[];
}

/** What becomes code, in the order of the code. */
export interface Model {
  /** Roles that code is written for. */
  readonly roles: readonly RoleEntry[];
  /** Groups, then users, then others; empty sections are left out. */
  readonly sections: readonly Section[];
  readonly leftOut: readonly LeftOut[];
}

/** Groups what a cluster has as a person would write it, in an order that does not depend on that of the answers. */
export function modelOf(snapshot: Snapshot, selection: Selection): Model {
  const parties = partiesOf(snapshot, selection);
  const roles = snapshot.roles.map((role) => roleEntry(role, selection));
  const sections = new Map<string, OpenSection>();
  const sectionOf = (party: Party): OpenSection => {
    const section = sections.get(party.authId) ?? { party, memberships: [], grants: [], tokens: [] };
    sections.set(party.authId, section);
    return section;
  };
  for (const party of [...parties.groups, ...parties.users]) if (party.isManaged) sectionOf(party);
  addMemberships({ parties, selection, sectionOf });
  addGrants({ parties, selection, sectionOf }, roles);
  addTokens({ parties, selection, sectionOf }, snapshot.tokens);
  return {
    roles: byLabel(roles.filter(({ isManaged }) => isManaged)),
    sections: [...sections.values()].map(inOrder).toSorted(compareSections),
    leftOut: leftOutOf(snapshot, selection),
  };
}

interface OpenSection extends Section {
  readonly memberships: MembershipEntry[];
  readonly grants: GrantEntry[];
  readonly tokens: TokenEntry[];
}

interface Work {
  readonly parties: Parties;
  readonly selection: Selection;
  readonly sectionOf: (party: Party) => OpenSection;
}

function addMemberships({ parties, selection, sectionOf }: Work): void {
  if (!selection.has("group-members")) return;
  for (const group of parties.groups) {
    for (const user of group.group.members ?? []) {
      const party = parties.ofUser(user);
      // By primary group it is not a membership of its own.
      if (user.primaryGroup === group.authId || !selection.matches(user.name)) continue;
      if (isBuiltInParty(group) && isBuiltInParty(party)) continue;
      sectionOf(party).memberships.push({ group, importId: `${group.authId}:${user.id}` });
    }
  }
}

function addGrants({ parties, selection, sectionOf }: Work, roles: readonly RoleEntry[]): void {
  if (!selection.has("role-members")) return;
  for (const role of roles) {
    if (roleNameFault(role.role.name) !== undefined) continue;
    for (const identity of role.role.members ?? []) {
      const party = parties.of(identity);
      if (!selection.matches(partyName(party)) || (role.isBuiltIn && isBuiltInParty(party))) continue;
      sectionOf(party).grants.push({ role, importId: `${role.role.name}:${identity.authId}` });
    }
  }
}

function addTokens({ parties, selection, sectionOf }: Work, tokens: readonly AccessToken[]): void {
  if (!selection.has("access-tokens")) return;
  for (const token of tokens) {
    const party = parties.of(token.user);
    if (!selection.matches(partyName(party))) continue;
    sectionOf(party).tokens.push({ token, label: `token-${fingerprintOf(token.id)}` });
  }
}

function roleEntry(role: RoleWithMembers, selection: Selection): RoleEntry {
  const isBuiltIn = isBuiltInRole(role.name);
  const isAsked = selection.has("roles") && selection.matches(role.name);
  const fault = roleNameFault(role.name) ?? privilegesFault(role.privileges);
  const isManaged = isAsked && !isBuiltIn && fault === undefined;
  return { role, label: labelOf(role.name), isBuiltIn, isManaged };
}

const kindsInOrder = ["group", "user", "outsider"] as const;

function compareSections({ party: left }: Section, { party: right }: Section): number {
  const byKind = kindsInOrder.indexOf(left.kind) - kindsInOrder.indexOf(right.kind);
  return byKind === 0 ? compareTexts(left.label, right.label) : byKind;
}

function inOrder({ party, memberships, grants, tokens }: Section): Section {
  return {
    party,
    memberships: memberships.toSorted((left, right) => compareTexts(left.group.label, right.group.label)),
    grants: grants.toSorted((left, right) => compareTexts(left.role.label, right.role.label)),
    tokens: byLabel(tokens),
  };
}

function byLabel<T extends { readonly label: string }>(entries: readonly T[]): readonly T[] {
  return entries.toSorted((left, right) => compareTexts(left.label, right.label));
}

/** Compares texts by code units, which gives the same order on every machine, whatever its language. */
export function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
