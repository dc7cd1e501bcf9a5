import { type ClusterAccess, effectivePrivileges, type Grant, type IdentityAccess, renderPath } from "./access.ts";
import { planNameIn } from "../plan/plan-name.ts";
import { tokenEventsOf, type TokenEvent } from "./token-events.ts";

/** One privilege and the path by which an identity has it. */
export interface PrivilegePath {
  /** Name of the privilege. */
  readonly privilege: string;
  /** Such as `local:svc → operators → Observers`. */
  readonly path: string;
}

/** What changes for one identity. */
export interface AccessChange {
  /** How the cluster is called in reports; `undefined` where there is only one. */
  readonly cluster: string | undefined;
  /**
   * The names of the plans that declare anything of its access; where none does, those that lead to the cluster. None where
   * there is only one plan.
   */
  readonly plans: readonly string[];
  /** What people call it, such as `local:svc-backup`. */
  readonly identity: string;
  /** Where it is declared; `undefined` for what the plan does not manage. */
  readonly address: string | undefined;
  /** Whether it is a group. */
  readonly isGroup: boolean;
  /** Whether the account itself is created (`appears`) or deleted (`disappears`); this says nothing about its access. */
  readonly existence: "stays" | "appears" | "disappears";
  /** Paths to the roles before and after. */
  readonly before: readonly string[];
  /** Paths to the roles after. */
  readonly after: readonly string[];
  /** Privileges that it has after and not before. */
  readonly gained: readonly PrivilegePath[];
  /** Privileges that it has before and not after. */
  readonly lost: readonly PrivilegePath[];
  /** Whether not all privileges before or after are known: a person must look. */
  readonly needsReview: boolean;
  /** What happens to its access tokens. */
  readonly tokens: readonly TokenEvent[];
}

/** Whether anything happens to an identity's access. */
export function isChange({ gained, lost, tokens, existence, before, after }: AccessChange): boolean {
  const isMoved = before.join("\n") !== after.join("\n");
  return (
    gained.length > 0 ||
    lost.length > 0 ||
    isMoved ||
    existence !== "stays" ||
    tokens.some(({ event }) => event !== "stays")
  );
}

/** What changes on a cluster, for each identity that has access before or after, or gains or loses an account. */
export function accessChangesOf(access: ClusterAccess): readonly AccessChange[] {
  const keys = new Set([...access.before.identities.keys(), ...access.after.identities.keys()]);
  return [...keys]
    .flatMap((key) => changeOf(key, access))
    .toSorted((left, right) => (left.identity < right.identity ? -1 : 1));
}

function changeOf(key: string, access: ClusterAccess): readonly AccessChange[] {
  const [old, now] = [access.before.identities.get(key), access.after.identities.get(key)];
  if (old !== undefined) return [comparison(access, old, now ?? withoutAccess(old))];
  return now === undefined ? [] : [comparison(access, withoutAccess(now), now)];
}

function withoutAccess({ key, label, isGroup, isBuiltInAdministrator }: IdentityAccess): IdentityAccess {
  return { key, label, address: undefined, isGroup, isBuiltInAdministrator, grants: [], tokens: [] };
}

function comparison({ cluster, plans }: ClusterAccess, old: IdentityAccess, now: IdentityAccess): AccessChange {
  const isSame = grantsKey(old) === grantsKey(now);
  const held: Held = isSame ? new Map() : effectivePrivileges(old);
  const holds: Held = isSame ? new Map() : effectivePrivileges(now);
  return {
    cluster,
    plans: plans.length < 2 ? plans : declaringPlans(plans, [old, now]),
    identity: now.label,
    address: now.address ?? old.address,
    isGroup: now.isGroup || old.isGroup,
    existence: existenceOf(old, now),
    before: pathsOf(old),
    after: pathsOf(now),
    gained: difference(now, holds, held),
    lost: difference(old, held, holds),
    needsReview: [...old.grants, ...now.grants].some(({ role }) => !role.isComplete),
    tokens: tokenEventsOf(old.tokens, now.tokens),
  };
}

/** Of several plans that lead to one cluster, those that declare an account, a role, a membership or a token. */
function declaringPlans(plans: readonly string[], sides: readonly IdentityAccess[]): readonly string[] {
  const addresses = sides.flatMap(({ address, grants, tokens }) => [
    address,
    ...grants.flatMap((grant) => [grant.address, grant.role.address]),
    ...tokens.map(({ object }) => object?.address),
  ]);
  // Which plan puts somebody into a group is not told beside the way.
  if (sides.some(({ grants }) => grants.some(({ group }) => group !== undefined))) return plans;
  const declaring = new Set(addresses.map((address) => (address === undefined ? undefined : planNameIn(address))));
  const found = plans.filter((name) => declaring.has(name));
  return found.length === 0 ? plans : found;
}

type Held = ReadonlyMap<string, { readonly grant: Grant }>;

function difference(access: IdentityAccess, held: Held, other: Held): readonly PrivilegePath[] {
  if (held.size === 0) return [];
  return [...held]
    .filter(([privilege]) => !other.has(privilege))
    .map(([privilege, { grant }]) => ({ privilege, path: renderPath(access, grant) }))
    .toSorted((left, right) => (left.privilege < right.privilege ? -1 : 1));
}

/** Most identities keep the roles they have, which need no comparison privilege by privilege. */
function grantsKey({ grants }: IdentityAccess): string {
  return grants
    .map(({ role }) => `${role.key} ${[...role.privileges].join()}`)
    .toSorted()
    .join(";");
}

function pathsOf(access: IdentityAccess): readonly string[] {
  return access.grants.map((grant) => renderPath(access, grant)).toSorted();
}

function existenceOf(old: IdentityAccess, now: IdentityAccess): AccessChange["existence"] {
  const [was, is] = [old.address !== undefined, now.address !== undefined];
  if (was === is) return "stays";
  return is ? "appears" : "disappears";
}
