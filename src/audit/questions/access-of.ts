import type { AccessSide, IdentityAccess } from "../access/access.ts";
import type { ResolvedAccess } from "../access/resolve.ts";
import { type TokenEvent, tokenEventsOf } from "../access/token-events.ts";
import { isAdministratorsRole } from "../../access/administrators.ts";
import { gainsOf } from "./gaining.ts";
import { type Route, routesOf, type Sides } from "./routes.ts";
import { unknownOf } from "./unknown.ts";

/** Something that an identity has, and by which paths, before and after. */
export interface Had extends Sides {
  readonly name: string;
}

/** All access of one identity on one cluster. */
export interface AccessAnswer {
  /** How the cluster is called in reports; `undefined` where there is only one. */
  readonly cluster: string | undefined;
  /** What people call it, such as `local:svc-backup`. */
  readonly identity: string;
  /** All names by which it is known here. */
  readonly names: readonly string[];
  /** Where it is declared; `undefined` for what the document does not manage. */
  readonly address: string | undefined;
  readonly isGroup: boolean;
  /** The paths by which it is an administrator. */
  readonly administrator: Sides;
  readonly roles: readonly Had[];
  readonly privileges: readonly Had[];
  /** How it can gain more; empty for an administrator. */
  readonly gains: Sides;
  readonly tokens: readonly TokenEvent[];
  /** Who is in it, for a group. */
  readonly members: readonly string[];
  /** What else may decide about it and is not known, as sentences. */
  readonly unknown: readonly string[];
}

/** Whose access is asked for. */
export interface AskedIdentity {
  readonly key: string;
  readonly label: string;
  readonly names: readonly string[];
}

/** Tells all access of one identity, before and after a plan, or now. */
export function accessOf(access: ResolvedAccess, { key, label, names }: AskedIdentity): AccessAnswer {
  const [old, now] = [access.before.identities.get(key), access.after.identities.get(key)];
  const [before, after] = [partsOf(access, access.before, key), partsOf(access, access.after, key)];
  return {
    cluster: access.cluster,
    identity: label,
    names,
    address: now?.address ?? old?.address,
    isGroup: (now ?? old)?.isGroup === true,
    administrator: { before: before.administrator, after: after.administrator },
    roles: hadOf(before.roles, after.roles),
    privileges: hadOf(before.privileges, after.privileges),
    gains: { before: before.gains, after: after.gains },
    tokens: tokenEventsOf(old?.tokens ?? [], now?.tokens ?? []),
    members: membersOf(access.after, label),
    unknown: unknownOf(access, { identity: key }),
  };
}

type Ways = ReadonlyMap<string, readonly string[]>;

interface Parts {
  readonly administrator: readonly string[];
  readonly roles: Ways;
  readonly privileges: Ways;
  readonly gains: readonly string[];
}

function partsOf(access: ResolvedAccess, side: AccessSide, key: string): Parts {
  const routes = routesOf(access, side, key);
  const administrator = routes.filter(({ role }) => role === undefined || isAdministratorsRole(role.name));
  return {
    administrator: textsOf(administrator),
    roles: waysTo(routes, ({ role, by }) => ({ names: role === undefined ? [] : [role.name], way: by })),
    privileges: waysTo(routes, ({ role, text }) => ({ names: role?.privileges ?? [], way: text })),
    gains: administrator.length > 0 ? [] : gainsOf(access, side, { key, routes }),
  };
}

function textsOf(routes: readonly Route[]): readonly string[] {
  return [...new Set(routes.map(({ text }) => text))];
}

interface Leading {
  readonly names: Iterable<string>;
  readonly way: string;
}

function waysTo(routes: readonly Route[], leadingOf: (route: Route) => Leading): Ways {
  const ways = new Map<string, Set<string>>();
  for (const { names, way } of routes.map(leadingOf)) {
    for (const name of names) ways.set(name, (ways.get(name) ?? new Set()).add(way));
  }
  return new Map([...ways].map(([name, texts]) => [name, [...texts]]));
}

function hadOf(before: Ways, after: Ways): readonly Had[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .toSorted()
    .map((name) => ({ name, before: before.get(name) ?? [], after: after.get(name) ?? [] }));
}

function membersOf({ identities }: AccessSide, group: string): readonly string[] {
  return [...identities.values()]
    .filter(({ grants }: IdentityAccess) => grants.some((grant) => grant.group === group))
    .map(({ label }) => label)
    .toSorted();
}
