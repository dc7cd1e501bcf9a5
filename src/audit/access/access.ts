import type { Value } from "../plan/attributes.ts";
import type { ObjectAction } from "../plan/plan.ts";
import type { Gap } from "./gap.ts";

/** A role as it is at one time. */
export interface RoleView {
  /** The same for all spellings of the name. */
  readonly key: string;
  /** Its name, as it is declared. */
  readonly name: string;
  /** Where it is declared; `undefined` for what the plan does not manage. */
  readonly address: string | undefined;
  /** Names of its privileges, as far as they are known. */
  readonly privileges: ReadonlySet<string>;
  /** Whether `privileges` are all that it has. */
  readonly isComplete: boolean;
}

/** How an identity has a role: directly, or through a group. */
export interface Grant {
  /** The role that it has. */
  readonly role: RoleView;
  /** The group through which it has the role; `undefined` if it is a member itself. */
  readonly group: string | undefined;
  /** What declares the membership; `undefined` for what the plan does not manage. */
  readonly address: string | undefined;
  /** Whether all memberships that lead to the role are in the code: that of the role, and that of the group. */
  readonly isDeclared: boolean;
}

/** What a plan does with the resource behind an access token. */
export interface TokenOrigin {
  /** Where it is declared. */
  readonly address: string;
  /** What the plan does with it. */
  readonly action: ObjectAction;
  /** The engine's mark of an object that was replaced and is still to be deleted. */
  readonly deposed: string | undefined;
  /** Whether a rotation is decided during apply: it may be the same token afterwards. */
  readonly mayBeKept: boolean;
  /** Whether the plan takes it over from the cluster. */
  readonly isImported: boolean;
}

/** An access token, or a series of them, as it is at one time. */
export interface TokenView {
  /** Where it is declared, or its id where the plan does not manage it. */
  readonly place: string;
  /** `undefined` for what the plan does not manage. */
  readonly object: TokenOrigin | undefined;
  /** Its id; `undefined` where it is not known. */
  readonly id: string | undefined;
  /** Whether the cluster accepts it. */
  readonly enabled: Value<boolean>;
  /** When it ends; RFC 3339. */
  readonly expirationTime: Value<string>;
  /** How long each token of a series lives, such as `90d`. */
  readonly expiresIn: Value<string>;
  /** When it was created; RFC 3339. */
  readonly creationTime: Value<string>;
  /**
   * How long it lives from its creation, in milliseconds: `null` where it never ends. One that is yet to be created counts
   * from the time of the plan.
   */
  readonly lifetimeMs: Value<number>;
  /** How long an old token works after a rotation, such as `24h`. */
  readonly overlap: Value<string>;
  /** The id of the previous token, while that still exists. */
  readonly previousId: string | undefined;
}

/** What one identity can do at one time. */
export interface IdentityAccess {
  /** The same before and after. */
  readonly key: string;
  /** What people call it, such as `local:svc-backup`. */
  readonly label: string;
  /** Where it is declared; `undefined` for what the plan does not manage. */
  readonly address: string | undefined;
  /** Whether it is a group. */
  readonly isGroup: boolean;
  /** Whether it is the administrator whom every cluster has. */
  readonly isBuiltInAdministrator: boolean;
  /** The roles that it has, and how. */
  readonly grants: readonly Grant[];
  /** Its access tokens. */
  readonly tokens: readonly TokenView[];
}

/** All access to one cluster at one time. */
export interface AccessSide {
  /** Whoever has access, by `key`. */
  readonly identities: ReadonlyMap<string, IdentityAccess>;
  /** All roles that are known, by `key`. */
  readonly roles: ReadonlyMap<string, RoleView>;
  /** What is not known. */
  readonly gaps: readonly Gap[];
}

/** All access to one cluster, before and after. */
export interface ClusterAccess {
  /** How the cluster is called in reports; `undefined` where there is only one. */
  readonly cluster: string | undefined;
  /** The names of the plans that have something there, where there are several; none where there is only one. */
  readonly plans: readonly string[];
  /** Before the plan is applied. */
  readonly before: AccessSide;
  /** After the plan is applied. */
  readonly after: AccessSide;
}

/** One privilege of an identity, and where it comes from. */
export interface EffectivePrivilege {
  readonly privilege: string;
  /** The first grant that gives it. */
  readonly grant: Grant;
}

/** The privileges of an identity, each once, with a grant that gives it. */
export function effectivePrivileges(access: IdentityAccess | undefined): ReadonlyMap<string, EffectivePrivilege> {
  const found = new Map<string, EffectivePrivilege>();
  for (const grant of access?.grants ?? []) {
    for (const privilege of grant.role.privileges) {
      if (!found.has(privilege)) found.set(privilege, { privilege, grant });
    }
  }
  return found;
}

/** Whether an identity has the role of the cluster's administrators. */
export function isAdministrator(access: IdentityAccess | undefined): boolean {
  return access?.grants.some(({ role }) => role.key === "administrators") === true;
}

/** The way from an identity to a role, such as `local:svc → operators → Observers`. */
export function renderPath(access: IdentityAccess, grant: Grant): string {
  return [access.label, ...(grant.group === undefined ? [] : [grant.group]), grant.role.name].join(" → ");
}
