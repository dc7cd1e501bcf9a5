import type { Value } from "../plan/attributes.ts";
import type { ObjectAction } from "../plan/plan.ts";

/** A role as it is at one time. */
export interface RoleView {
  /** The same for all spellings of the name. */
  readonly key: string;
  readonly name: string;
  /** Where it is declared; `undefined` for what the plan does not manage. */
  readonly address: string | undefined;
  readonly privileges: ReadonlySet<string>;
  /** Whether `privileges` are all that it has. */
  readonly isComplete: boolean;
}

/** How an identity comes to a role. */
export interface Grant {
  readonly role: RoleView;
  /** The group through which; `undefined` for a member of its own. */
  readonly group: string | undefined;
  /** What declares the membership; `undefined` for what the plan does not manage. */
  readonly address: string | undefined;
}

/** What a plan does with the resource behind an access token. */
export interface TokenOrigin {
  readonly address: string;
  readonly action: ObjectAction;
  /** The engine's mark of an object that was replaced and is still to be deleted. */
  readonly deposed: string | undefined;
  readonly isImported: boolean;
}

/** An access token, or a series of them, as it is at one time. */
export interface TokenView {
  /** Where it is declared, or its id where the plan does not manage it. */
  readonly place: string;
  /** `undefined` for what the plan does not manage. */
  readonly object: TokenOrigin | undefined;
  readonly id: string | undefined;
  readonly isEnabled: boolean;
  readonly expirationTime: Value<string>;
  readonly expiresIn: Value<string>;
  readonly creationTime: Value<string>;
  readonly overlap: Value<string>;
  /** The id of the token before, while that still stands. */
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
  readonly isGroup: boolean;
  readonly grants: readonly Grant[];
  readonly tokens: readonly TokenView[];
}

/** Something that decides about access and is not known: for a person to look at. */
export interface Gap {
  readonly address: string;
  /** What is not known, as a sentence. */
  readonly what: string;
}

/** All access to one cluster at one time. */
export interface AccessSide {
  readonly identities: ReadonlyMap<string, IdentityAccess>;
  readonly roles: ReadonlyMap<string, RoleView>;
  readonly gaps: readonly Gap[];
}

/** All access to one cluster, before and after. */
export interface ClusterAccess {
  /** How the cluster is called in reports; `undefined` where there is only one. */
  readonly cluster: string | undefined;
  readonly before: AccessSide;
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
