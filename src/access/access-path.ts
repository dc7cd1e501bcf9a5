import { listed } from "../vocabulary/listed.ts";
import {
  administratorId,
  administratorWay,
  isAdministratorsRole,
  isPowerful,
  type RolePrivileges,
} from "./administrators.ts";
import { escalatingOf } from "./risk.ts";

/**
 * An identity through which somebody may have a role: the account itself, another account that the cluster treats as the same
 * one, or a group that the account is in. Everybody is in the group Everyone.
 */
export interface Holder {
  readonly kind: "self" | "identity" | "group";
  /** `undefined` while it is decided during apply. */
  readonly authId: string | undefined;
  /** For people. */
  readonly name: string;
}

/** A role, and whether a holder is a member. */
export interface HeldRole extends RolePrivileges {
  /** `undefined` when the holder is not a member; otherwise as the role names it. */
  readonly findMember: (holder: Holder) => { readonly name?: string | undefined } | undefined;
  /** Whether the membership is planned, and not on the cluster yet. */
  readonly isPlanned?: boolean;
}

/** What is known about one identity and the roles that it may have. */
export interface HeldRoles {
  readonly holders: readonly Holder[];
  readonly roles: readonly HeldRole[];
  /** Roles that the identity may get: who their members are is decided during apply. */
  readonly possibleRoles?: readonly RolePrivileges[];
}

/** Whether an identity is an administrator or can become one, and by which paths. */
export interface Power {
  /** Each path to that power, for people; none for an identity without it. */
  readonly paths: readonly string[];
  /** Paths that the identity may get in addition, which is decided during apply. */
  readonly possiblePaths: readonly string[];
}

/** One path by which somebody is an administrator, or can become one: a role, held alone or through something. */
interface AccessPath {
  readonly role: RolePrivileges;
  /** `undefined` when the account itself is the member. */
  readonly through: Holder | undefined;
  readonly isPlanned: boolean;
}

/**
 * Judges whether an identity is an administrator or can become one.
 *
 * The paths are in the order of the roles, then of the holders. A path that is both planned and on the cluster is listed once,
 * as one that is on the cluster.
 */
export function powerOf({ holders, roles, possibleRoles = [] }: HeldRoles): Power {
  const paths = new Map<string, AccessPath>();
  for (const path of roles.filter(isPowerful).flatMap((role) => pathsThrough(role, holders))) {
    const key = keyOf(path);
    if (!path.isPlanned || !paths.has(key)) paths.set(key, path);
  }
  const texts = [...paths.values()].map(renderPath);
  return {
    paths: texts.length === 0 && isBuiltInAdministrator(holders) ? [administratorWay] : texts,
    possiblePaths: possibleRoles
      .filter(isPowerful)
      .map((role) => renderPath({ role, through: undefined, isPlanned: false })),
  };
}

function pathsThrough(role: HeldRole, holders: readonly Holder[]): readonly AccessPath[] {
  return holders.flatMap((holder) => {
    const member = role.findMember(holder);
    if (member === undefined) return [];
    const through = holder.kind === "self" ? undefined : { ...holder, name: member.name ?? holder.name };
    return [{ role, through, isPlanned: role.isPlanned === true }];
  });
}

/** The same for the same role and holder. */
function keyOf({ role, through }: AccessPath): string {
  return JSON.stringify([role.name.toLowerCase(), through === undefined ? null : (through.authId ?? through.name)]);
}

/** Whether one of the holders is the built-in administrator, who needs no role. */
function isBuiltInAdministrator(holders: readonly Holder[]): boolean {
  return holders.some(({ kind, authId }) => kind === "self" && authId === administratorId);
}

/** One path, for people: `role operators through group night shift: PRIVILEGE_ROLE_WRITE`. */
function renderPath({ role, through, isPlanned }: AccessPath): string {
  const route = renderRoute({ role, through });
  const gains = isAdministratorsRole(role.name) ? "" : `: ${renderPrivileges(escalatingOf(role.privileges))}`;
  return `${route}${gains}${isPlanned ? ", planned by this run" : ""}`;
}

/** A path to a role alone, for people: `role operators through group night shift`. */
export function renderRoute({ role, through }: RouteParts): string {
  const by = through === undefined ? "" : ` through ${through.kind} ${through.name}`;
  return `role ${role.name}${by}`;
}

/** What is said about a path to a role. */
interface RouteParts {
  readonly role: { readonly name: string };
  readonly through: Pick<Holder, "kind" | "name"> | undefined;
}

const namedPrivileges = 3;

/** A few of the privileges, and how many more there are. */
export function renderPrivileges(privileges: readonly string[]): string {
  return listed(privileges, { most: namedPrivileges });
}
