import type { RoleWithMembers, Snapshot } from "../../client/snapshot/read-snapshot.ts";
import { type AttributeValue, knownOrUndefined } from "../../framework/attribute-value.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import { bool, optional, string, type Validator } from "../../framework/schema.ts";
import { matcherOf } from "../../vocabulary/name-pattern.ts";
import { isSameRoleName } from "../../vocabulary/role-name.ts";

/** Refuses an empty text, because a filter without a value has no meaning. */
const notEmpty: Validator<string> = {
  check: (text) =>
    text === ""
      ? { summary: "Filter is empty", detail: "The filter is an empty text. Give a value, or leave it out." }
      : undefined,
};

/** A filter by name. */
export function namePattern(whose: string) {
  return optional(string, {
    validators: [notEmpty],
    description: `Only ${whose} with such a name: \`*\` stands for any text and \`?\` for one character, without regard to case. \`svc-*\` means all names that begin so.`,
  });
}

/** A filter by what somebody or something belongs to, or holds. */
export function textFilter(description: string) {
  return optional(string, { validators: [notEmpty], description });
}

/** Whether what comes with every cluster is listed too. */
export function includeBuiltIn(what: string) {
  return optional(bool, { description: `Whether ${what} is listed too. It is not unless this is true.` });
}

/** Whether something passes all of these; one that is not asked for is `undefined`. */
export function passingAll<T>(...filters: readonly (((entry: T) => boolean) | undefined)[]): (entry: T) => boolean {
  const asked = filters.filter((filter) => filter !== undefined);
  return (entry) => asked.every((passes) => passes(entry));
}

/** What a filter by name lets through; everything where there is none. A name that is not known matches no pattern. */
export function nameMatcher(pattern: AttributeValue<string>): (name: string | undefined) => boolean {
  const text = knownOrUndefined(pattern);
  if (text === undefined) return () => true;
  const matches = matcherOf(text);
  return (name) => name !== undefined && matches(name);
}

/** Whether a filter that is true or false asks for this. */
export function isAsked(filter: AttributeValue<boolean>): boolean {
  return knownOrUndefined(filter) === true;
}

/**
 * The group that a filter names by its id or name.
 *
 * @throws {DiagnosticError} when there is none: an empty list would say that it is empty
 */
export function groupNamed({ groups }: Snapshot, text: string): Snapshot["groups"][number] {
  const found = groups.find(({ id, name }) => id === text || name.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw new DiagnosticError({
    summary: "No such local group",
    detail: `group is "${text}", and the cluster has no local group of this id or name.`,
    attribute: ["group"],
  });
}

/**
 * The role that a filter names.
 *
 * @throws {DiagnosticError} when there is none: an empty list would say that nobody has it
 */
export function roleNamed({ roles }: Snapshot, text: string): RoleWithMembers {
  const found = roles.find(({ name }) => isSameRoleName(name, text));
  if (found !== undefined) return found;
  throw new DiagnosticError({
    summary: "No such role",
    detail: `role is "${text}", and the cluster has no role of this name.`,
    attribute: ["role"],
  });
}

/** The auth_ids of everybody who has a role: its members, and the members of local groups that are members of it. */
export function holdersOf({ groups }: Snapshot, { members = [] }: RoleWithMembers): ReadonlySet<string> {
  const direct = members.map(({ authId }) => authId);
  const byGroup = groups
    .filter(({ id }) => direct.includes(id))
    .flatMap(({ members: users = [] }) => users.map(({ id }) => id));
  return new Set([...direct, ...byGroup]);
}
