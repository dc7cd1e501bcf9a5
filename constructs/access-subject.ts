import type { IConstruct } from "constructs";
import { parseDuration } from "../src/vocabulary/duration.ts";
import { AccessToken as AccessTokenConstruct } from "./access-token.ts";
import { Duration } from "./duration.ts";
import { AccessToken } from "./generated/access-token.ts";
import { LocalGroupMember } from "./generated/local-group-member.ts";
import { LocalGroup } from "./generated/local-group.ts";
import { LocalUser } from "./generated/local-user.ts";
import { RoleMember } from "./generated/role-member.ts";
import { RoleMembers } from "./generated/role-members.ts";
import { Role } from "./generated/role.ts";
import { Grant } from "./grant.ts";
import { GroupMembership } from "./group-membership.ts";
import { LocalGroup as LocalGroupConstruct } from "./local-group.ts";
import { isExpression, resolved, textsIn } from "./resolved.ts";
import { Role as RoleConstruct } from "./role.ts";
import { ServiceAccount } from "./service-account.ts";

/** What the program knows of one value while it is synthesized. */
export type SubjectValue<T> =
  | { readonly kind: "known"; readonly value: T }
  /** It was left out. */
  | { readonly kind: "absent" }
  /** The engine will know it. */
  | { readonly kind: "unknown" };

interface Subject<Kind extends string> {
  readonly kind: Kind;
  /** The construct that the program wrote; findings about the subject are shown at it. */
  readonly construct: IConstruct;
}

/** What a rule looks at: one thing of a program that gives access, made by a construct or by a generated binding. */
export type AccessSubject =
  | (Subject<"access token"> & {
      /** Whom it authenticates, as `qq` writes it: `local:svc`. */
      readonly user: SubjectValue<string>;
      readonly expiresIn: SubjectValue<Duration>;
      readonly expirationTime: SubjectValue<string>;
      readonly rotateBeforeExpiry: SubjectValue<Duration>;
      readonly overlap: SubjectValue<Duration>;
    })
  | (Subject<"role"> & {
      readonly name: SubjectValue<string>;
      /** Those that the program knows. */
      readonly privileges: readonly string[];
      /** Whether only the engine knows further privileges. */
      readonly hasUnknownPrivileges: boolean;
    })
  | (Subject<"role membership"> & { readonly role: SubjectValue<string> })
  | (Subject<"group membership"> & { readonly groupId: SubjectValue<string> })
  | (Subject<"local user" | "local group"> & { readonly name: SubjectValue<string> })
  /** Anything else of the program, for rules of one's own. */
  | Subject<"other">;

const wrappers = [AccessTokenConstruct, RoleConstruct, Grant, GroupMembership, ServiceAccount, LocalGroupConstruct];

/** What a construct means to rules; `undefined` for a construct whose resource is visited in its place. */
export function readSubject(visited: IConstruct): AccessSubject | undefined {
  if (isWrapper(visited)) return undefined;
  const scope = visited.node.scope;
  const construct = visited.node.id === "Resource" && scope !== undefined && isWrapper(scope) ? scope : visited;
  return readResource(visited, construct) ?? readAccount(visited, construct) ?? { kind: "other", construct };
}

function readResource(visited: IConstruct, construct: IConstruct): AccessSubject | undefined {
  if (visited instanceof AccessToken) return readToken(visited, construct);
  if (visited instanceof Role) return readRole(visited, construct);
  if (visited instanceof RoleMember || visited instanceof RoleMembers) {
    return { kind: "role membership", construct, role: readText(visited, visited.roleNameInput) };
  }
  if (!(visited instanceof LocalGroupMember)) return undefined;
  return { kind: "group membership", construct, groupId: readText(visited, visited.groupIdInput) };
}

function readAccount(visited: IConstruct, construct: IConstruct): AccessSubject | undefined {
  if (visited instanceof LocalUser)
    return { kind: "local user", construct, name: readText(visited, visited.nameInput) };
  if (!(visited instanceof LocalGroup)) return undefined;
  return { kind: "local group", construct, name: readText(visited, visited.nameInput) };
}

function isWrapper(construct: IConstruct): boolean {
  return wrappers.some((wrapper) => construct instanceof wrapper);
}

function readToken(resource: AccessToken, construct: IConstruct): AccessSubject {
  const duration = (value: unknown): SubjectValue<Duration> => readDuration(readText(resource, value));
  return {
    kind: "access token",
    construct,
    user: readText(resource, resource.userInput),
    expiresIn: duration(resource.expiresInInput),
    expirationTime: readText(resource, resource.expirationTimeInput),
    rotateBeforeExpiry: duration(resource.rotateBeforeExpiryInput),
    overlap: duration(resource.overlapInput),
  };
}

function readRole(resource: Role, construct: IConstruct): AccessSubject {
  const texts = textsIn(resolved(resource, resource.privilegesInput));
  const expressions = texts.filter(isExpression);
  const known = texts.filter((text) => !isExpression(text));
  // Known privileges beside unknown ones stand as texts within the expression.
  const within = expressions.flatMap((expression) => expression.match(/\bPRIVILEGE_[A-Z0-9_]+\b/g) ?? []);
  return {
    kind: "role",
    construct,
    name: readText(resource, resource.nameInput),
    privileges: [...new Set([...known, ...within])].sort(),
    hasUnknownPrivileges: expressions.length > 0,
  };
}

function readText(scope: IConstruct, value: unknown): SubjectValue<string> {
  const text = resolved(scope, value);
  if (text === undefined || text === null) return { kind: "absent" };
  return typeof text !== "string" || isExpression(text) ? { kind: "unknown" } : { kind: "known", value: text };
}

function readDuration(text: SubjectValue<string>): SubjectValue<Duration> {
  if (text.kind !== "known") return text;
  // A binding takes any text; what is not a duration is the provider's to refuse.
  return parseDuration(text.value) === undefined
    ? { kind: "unknown" }
    : { kind: "known", value: Duration.parse(text.value) };
}
