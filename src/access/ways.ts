import { listed } from "../vocabulary/listed.ts";
import { administratorId, administratorWay, isAdministratorsRole, type RolePrivileges } from "./administrators.ts";
import { escalatingOf } from "./risk.ts";

/**
 * An identity by which somebody may hold a role: the account itself, another account that the cluster takes for the same
 * one, or a group that it is in: everybody is in Everyone.
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
}

/** One way by which somebody is an administrator, or can become one. */
export interface Way {
  readonly role: RolePrivileges;
  /** `undefined` for a member of its own. */
  readonly through: Holder | undefined;
}

/** The ways through these roles, all of which are powerful. In the order of the roles, then of the holders. */
export function findWays(holders: readonly Holder[], powerful: readonly HeldRole[]): readonly Way[] {
  return powerful.flatMap((role) =>
    holders.flatMap((holder) => {
      const member = role.findMember(holder);
      if (member === undefined) return [];
      return [{ role, through: holder.kind === "self" ? undefined : { ...holder, name: member.name ?? holder.name } }];
    }),
  );
}

/** Whether one of the holders is the built-in administrator, who needs no role. */
export function isBuiltInAdministrator(holders: readonly Holder[]): boolean {
  return holders.some(({ kind, authId }) => kind === "self" && authId === administratorId);
}

/** All ways of somebody, for people; the built-in administrator has one also without any role. */
export function renderWays(holders: readonly Holder[], ways: readonly Way[]): readonly string[] {
  const texts = ways.map(renderWay);
  return texts.length === 0 && isBuiltInAdministrator(holders) ? [administratorWay] : texts;
}

/** One way, for people: `role operators through group night shift: PRIVILEGE_ROLE_WRITE`. */
export function renderWay(way: Way): string {
  const { role } = way;
  if (isAdministratorsRole(role.name)) return renderRoute(way);
  return `${renderRoute(way)}: ${renderPrivileges(escalatingOf(role.privileges))}`;
}

/** A way to a role alone, for people: `role operators through group night shift`. */
export function renderRoute({ role, through }: RouteParts): string {
  const by = through === undefined ? "" : ` through ${through.kind} ${through.name}`;
  return `role ${role.name}${by}`;
}

/** What is told of a way to a role. */
interface RouteParts {
  readonly role: { readonly name: string };
  readonly through: Pick<Holder, "kind" | "name"> | undefined;
}

const namedPrivileges = 3;

/** A few of the privileges, and how many more there are. */
export function renderPrivileges(privileges: readonly string[]): string {
  return listed(privileges, { most: namedPrivileges });
}
