import { isAdministratorsRole } from "../../access/administrators.ts";
import type { RoleView, TokenView } from "../access/access.ts";
import type { ResolvedAccess } from "../access/resolve.ts";
import { knownOf } from "../plan/attributes.ts";
import { routesOf } from "../questions/routes.ts";

/** All that an identity has in a reference. */
export interface Held {
  /** Whether it may do everything, so that nothing can go beyond it. */
  readonly isAdministrator: boolean;
  readonly privileges: ReadonlySet<string>;
  /** By their keys. */
  readonly roles: ReadonlyMap<string, RoleView>;
  /** Those that the cluster surely accepts. */
  readonly tokens: readonly TokenView[];
}

/** What an identity has in a reference after that is applied, including what everybody has there. */
export function heldIn(reference: ResolvedAccess, key: string | undefined): Held {
  const { after } = reference;
  // Whoever is not there has what everybody has.
  const routes = routesOf(reference, after, key ?? "");
  const roles = routes.flatMap(({ role }) => (role === undefined ? [] : [role]));
  return {
    isAdministrator: routes.some(({ role }) => role === undefined || isAdministratorsRole(role.name)),
    privileges: new Set(roles.flatMap(({ privileges }) => [...privileges])),
    roles: new Map(roles.map((role) => [role.key, role])),
    tokens: (after.identities.get(key ?? "")?.tokens ?? []).filter(({ enabled }) => knownOf(enabled) === true),
  };
}
