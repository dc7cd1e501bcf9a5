import { administratorId } from "../../access/administrators.ts";
import type { Value } from "../plan/attributes.ts";
import type { RoleView, TokenView } from "./access.ts";
import type { ClusterFacts } from "./facts.ts";
import { allNeeds, type Gap } from "./gap.ts";
import { idKey, keysOfIdentity } from "./identity-keys.ts";
import type { IdentityRegistry } from "./identity-registry.ts";
import type { RoleMemberRecord, SideRecords, TokenRecord } from "./records.ts";
import { roleKey as keyOfRole } from "./role-keys.ts";
import { lifeGap, lifeNeeds, lifetimeOf } from "./token-life.ts";

/** What the facts add to both times, before and after, apart from what the plan manages. */
export interface Beside {
  readonly roles: readonly RoleView[];
  readonly roleMembers: readonly RoleMemberRecord[];
  readonly groupMembers: SideRecords["groupMembers"];
  readonly groups: readonly (readonly string[])[];
  readonly tokens: readonly TokenRecord[];
  /** Keys of the roles that the plan manages before or after. */
  readonly managedRoles: ReadonlySet<string>;
  readonly gaps: readonly Gap[];
  /** Whether the plan or the facts mention the built-in administrator, who may do everything whatever roles it has. */
  readonly hasAdministrator: boolean;
}

/** The built-in administrator. */
export const administratorKey = idKey(administratorId);

/** What exists besides the plans, and what the plans say. */
interface BesideSubject {
  readonly registry: IdentityRegistry;
  readonly facts: readonly ClusterFacts[];
  readonly records: Readonly<Record<"before" | "after", SideRecords>>;
  readonly plannedAt: string;
}

/** Finds what facts add to what the plans manage. */
export function besidePlan({ registry, facts, records, plannedAt }: BesideSubject): Beside {
  const sides = [records.before, records.after];
  const administrator = registry.find(administratorKey);
  const isAdministratorIn = (records: readonly { readonly keys: readonly string[] }[]): boolean =>
    records.some(({ keys }) => registry.findAll(keys) === administrator);
  const managedRoles = new Set(sides.flatMap(({ roles }) => roles.map(({ key }) => key)));
  const closed = new Set(sides.flatMap(({ closedRoles }) => [...closedRoles]));
  const memberOf = ({ roleKey, keys }: RoleMemberRecord): string => `${roleKey} ${registry.findAll(keys)}`;
  const managedMembers = new Set(sides.flatMap(({ roleMembers }) => roleMembers.map(memberOf)));
  const managedTokens = new Set(
    sides.flatMap(({ tokens }) => tokens.flatMap(({ token }) => [token.id, token.previousId])),
  );
  const members = facts
    .flatMap(({ roles }) => roles)
    .flatMap(({ name, members: identities = [] }) =>
      identities.map((identity) => ({ roleKey: keyOfRole(name), keys: keysOfIdentity(identity), address: undefined })),
    );
  const tokens = facts
    .flatMap(({ accessTokens }) => accessTokens.map((token) => tokenOfFacts(token, plannedAt)))
    .filter(({ token }) => !managedTokens.has(token.id));
  return {
    roles: facts.flatMap(({ roles }) => roles.map(roleOfFacts)).filter(({ key }) => !managedRoles.has(key)),
    roleMembers: members.filter((member) => !closed.has(member.roleKey) && !managedMembers.has(memberOf(member))),
    groupMembers: facts.flatMap(({ groups, users }) => [
      ...groups.flatMap(({ id, members: inGroup }) =>
        inGroup.map((member) => ({ group: [idKey(id)], member: keysOfIdentity(member) })),
      ),
      ...users.flatMap(({ id, primaryGroup }) =>
        primaryGroup === undefined ? [] : [{ group: [idKey(primaryGroup)], member: [idKey(id)] }],
      ),
    ]),
    groups: facts.flatMap(({ groups }) => groups.map(({ id }) => [idKey(id)])),
    tokens,
    managedRoles,
    gaps: [...facts.flatMap(unreadGaps), ...tokens.flatMap(tokenGap)],
    hasAdministrator:
      isAdministratorIn(members) ||
      sides.some((side) => isAdministratorIn(side.roleMembers) || isAdministratorIn(side.tokens)),
  };
}

function unreadGaps({ unread = [] }: ClusterFacts): readonly Gap[] {
  const got = "a cluster that was not read as a whole";
  const todo = "Review by hand who else has access there, or let the audit read it.";
  return unread.map((what) => ({ address: undefined, what, lacks: allNeeds, got, todo }));
}

function tokenGap({ token }: TokenRecord): readonly Gap[] {
  const lacks = lifeNeeds(token);
  if (lacks.length === 0) return [];
  const { what, ...more } = lifeGap(token);
  return [{ address: undefined, what: `${token.place}: ${what}`, lacks, ...more }];
}

function roleOfFacts({ name, privileges }: ClusterFacts["roles"][number]): RoleView {
  return { key: keyOfRole(name), name, address: undefined, privileges: new Set(privileges), isComplete: true };
}

function tokenOfFacts(facts: ClusterFacts["accessTokens"][number], plannedAt: string): TokenRecord {
  const { id, user, enabled } = facts;
  const times = {
    expirationTime: valueOf(facts.expirationTime),
    expiresIn: valueOf(undefined),
    creationTime: valueOf(facts.creationTime),
  };
  const token: TokenView = {
    place: `access token ${id}`,
    object: undefined,
    id,
    enabled: { kind: "known", value: enabled },
    ...times,
    lifetimeMs: lifetimeOf(times, plannedAt),
    overlap: valueOf(undefined),
    previousId: undefined,
  };
  return { keys: keysOfIdentity(user), token };
}

function valueOf(text: string | undefined): Value<string> {
  return text === undefined ? { kind: "null" } : { kind: "known", value: text };
}
