import { administratorId, administratorWay, everyoneId, isAdministratorsRole } from "../../access/administrators.ts";
import { renderRoute } from "../../access/access-path.ts";
import type { AccessSide, RoleView } from "../access/access.ts";
import { idKey } from "../access/identity-keys.ts";
import type { ResolvedAccess } from "../access/resolve.ts";

/** One path by which an identity has privileges. */
export interface Route {
  /** `undefined` for the built-in administrator, who needs no role. */
  readonly role: RoleView | undefined;
  /** For people: `role operators through group night-shift`. */
  readonly text: string;
  /** The group alone, or that there is none, for a place that names the role. */
  readonly by: string;
}

/** How something is before and after a plan, for people. In a state both are the same. */
export interface Sides {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The key of the built-in administrator, whom every cluster has. */
export function administratorKeyOf({ registry }: ResolvedAccess): string {
  return registry.find(idKey(administratorId));
}

/** All paths by which an identity has roles at one time: its own roles, those of its groups, and those that everybody has. */
export function routesOf(access: ResolvedAccess, side: AccessSide, key: string): readonly Route[] {
  return [...ownRoutesOf(access, side, key), ...routesOfEveryone(access, side, key)];
}

/** The paths by which an identity has roles at one time, without the roles that everybody has. */
export function ownRoutesOf(access: ResolvedAccess, side: AccessSide, key: string): readonly Route[] {
  const routes = (side.identities.get(key)?.grants ?? []).map(({ role, group }) => routeOf(role, group));
  const isAdministrator = key === administratorKeyOf(access);
  return isAdministrator ? [{ role: undefined, text: administratorWay, by: administratorWay }, ...routes] : routes;
}

/** The key of the group Everyone, which may be a member of a role. */
export function everyoneKeyOf({ registry }: ResolvedAccess): string {
  return registry.find(idKey(everyoneId));
}

/** Whether a path gives a privilege. The administrators' role gives every privilege, even one that this version does not know. */
export function gives({ role }: Route, privilege: string): boolean {
  return role === undefined || isAdministratorsRole(role.name) || role.privileges.has(privilege);
}

function routeOf(role: RoleView, group: string | undefined): Route {
  const through = group === undefined ? undefined : ({ kind: "group", name: group } as const);
  return { role, text: renderRoute({ role, through }), by: group === undefined ? "itself" : `group ${group}` };
}

function routesOfEveryone(access: ResolvedAccess, side: AccessSide, key: string): readonly Route[] {
  if (side.identities.get(key)?.isGroup === true) return [];
  const everyone = everyoneKeyOf(access);
  if (key === everyone) return [];
  return (side.identities.get(everyone)?.grants ?? []).map(({ role }) => routeOf(role, "world:Everyone"));
}
