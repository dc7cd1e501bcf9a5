import { TerraformElement, TerraformStack, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { parseDuration } from "../src/vocabulary/duration.ts";
import { AccessToken as AccessTokenConstruct } from "./access-token.ts";
import { Duration } from "./duration.ts";
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
  /**
   * The address of a resource that an override of the stack adds. The stack is its construct.
   *
   * @default - it has a construct of its own
   */
  readonly address?: string | undefined;
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
  /** Anything else of the program, for your own rules. */
  | Subject<"other">;

const wrappers = [AccessTokenConstruct, RoleConstruct, Grant, GroupMembership, ServiceAccount, LocalGroupConstruct];

/**
 * What a construct means to rules: nothing for a construct whose resource is visited in its place, and for a stack also each
 * resource that only its overrides add.
 */
export function readSubjects(visited: IConstruct): readonly AccessSubject[] {
  const own = readSubject(visited);
  const added = TerraformStack.isStack(visited) ? addedByOverrides(visited) : [];
  return own === undefined ? added : [own, ...added];
}

function readSubject(visited: IConstruct): AccessSubject | undefined {
  if (isWrapper(visited)) return undefined;
  const scope = visited.node.scope;
  const isPart = scope !== undefined && visited.node.id === "Resource" && (isWrapper(scope) || isEphemeral(visited));
  const construct = isPart ? scope : visited;
  const synthesized = TerraformElement.isTerraformElement(visited) ? synthesizedBy(visited) : undefined;
  const read = synthesized === undefined ? undefined : readers.get(synthesized.type);
  return synthesized === undefined || read === undefined
    ? { kind: "other", construct }
    : read({ element: visited, construct, attributes: synthesized.attributes });
}

/** A resource as it is synthesized: whatever overrides, escape hatches and raw resources have made of it is in it. */
interface Synthesized {
  readonly element: IConstruct;
  /** What findings are shown at. */
  readonly construct: IConstruct;
  readonly attributes: Attributes;
}

type Attributes = Readonly<Record<string, unknown>>;

type Reader = (synthesized: Synthesized) => AccessSubject;

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["qumulo_access_token", readToken],
  ["qumulo_role", readRole],
  ["qumulo_role_member", readRoleMembership],
  ["qumulo_role_members", readRoleMembership],
  [
    "qumulo_local_group_member",
    ({ element, construct, attributes }) => ({
      kind: "group membership",
      construct,
      groupId: readText(element, attributes["group_id"]),
    }),
  ],
  ["qumulo_local_user", readAccount("local user")],
  ["qumulo_local_group", readAccount("local group")],
]);

/** Whatever an ephemeral token leaves out: the provider ends it soon, and the engine with the run. */
const ephemeralLife: Attributes = { expires_in: "15m", rotate_before_expiry: "${run}", overlap: "${run}" };

/** Blocks of the synthesized configuration in which there is something that gives access. */
const blocks = ["resource", "ephemeral"];

/** The one resource of ours that an element adds to the configuration. */
function synthesizedBy(
  element: TerraformElement,
): (Omit<Synthesized, "element" | "construct"> & { type: string }) | undefined {
  // Only resources have a type; all else is not asked what it becomes.
  if (!isOurs(element)) return undefined;
  const synthesized: unknown = element.toTerraform();
  for (const block of blocks) {
    for (const [type, named] of Object.entries(membersOf(memberOf(synthesized, block)))) {
      const [id, attributes] = Object.entries(membersOf(named))[0] ?? [];
      if (id === undefined) continue;
      const outer = memberOf(memberOf(memberOf(stackOverrides(element.cdktfStack), block), type), id);
      return { type, attributes: withLife(block, membersOf(mergedDeep(membersOf(attributes), outer))) };
    }
  }
  return undefined;
}

function withLife(block: string, attributes: Attributes): Attributes {
  if (block !== "ephemeral") return attributes;
  // A binding names what was left out as well.
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined && value !== null);
  return { ...ephemeralLife, ...Object.fromEntries(given) };
}

/** Resources of ours for which no construct of the stack stands. */
function addedByOverrides(stack: TerraformStack): readonly AccessSubject[] {
  const overrides = stackOverrides(stack);
  const given = blocks.flatMap((block) =>
    Object.entries(membersOf(memberOf(overrides, block)))
      .filter(([type]) => type.startsWith("qumulo_"))
      .flatMap(([type, named]) => Object.entries(membersOf(named)).map(([id, body]) => ({ block, type, id, body }))),
  );
  if (given.length === 0) return [];
  const declared = new Set(stack.node.findAll().flatMap(keysOfElement));
  return given
    .filter(({ block, type, id }) => !declared.has(`${block} ${type} ${id}`))
    .flatMap(({ block, type, id, body }) => {
      const address = `${block === "ephemeral" ? "ephemeral." : ""}${type}.${id}`;
      // The engine takes a list of bodies as well.
      return [body].flat().map((one): AccessSubject => {
        const attributes = withLife(block, membersOf(one));
        const subject = readers.get(type)?.({ element: stack, construct: stack, attributes });
        return subject === undefined ? { kind: "other", construct: stack, address } : { ...subject, address };
      });
    });
}

function keysOfElement(element: IConstruct): readonly string[] {
  if (!TerraformElement.isTerraformElement(element) || !isOurs(element)) return [];
  const synthesized: unknown = element.toTerraform();
  return blocks.flatMap((block) =>
    Object.entries(membersOf(memberOf(synthesized, block))).flatMap(([type, named]) =>
      Object.keys(membersOf(named)).map((id) => `${block} ${type} ${id}`),
    ),
  );
}

/** What `stack.addOverride("resource.…")` has added. CDKTF keeps it to itself until the stack is synthesized. */
function stackOverrides(stack: TerraformStack): unknown {
  const overrides: unknown = Reflect.get(stack, "rawOverrides");
  return overrides;
}

/**
 * As CDKTF itself merges what a stack overrides: objects at any depth, a list goes on with the other one, and `undefined` takes
 * a value away.
 */
function mergedDeep(target: unknown, source: unknown): unknown {
  if (source === undefined) return target;
  if (Array.isArray(source)) {
    const own: readonly unknown[] = Array.isArray(target) ? target : [];
    const more: readonly unknown[] = source;
    return [...own, ...more];
  }
  if (!isFields(source)) return source;
  const merged = { ...membersOf(target) };
  for (const [key, value] of Object.entries(source)) {
    if (value === undefined) Reflect.deleteProperty(merged, key);
    else merged[key] = mergedDeep(merged[key], value);
  }
  return Array.isArray(target) ? Object.values(merged) : merged;
}

function isFields(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Tokenization.isResolvable(value);
}

function memberOf(value: unknown, name: string): unknown {
  return Object.hasOwn(membersOf(value), name) ? membersOf(value)[name] : undefined;
}

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function isOurs(element: IConstruct): boolean {
  const type: unknown = Reflect.get(element, "terraformResourceType");
  return typeof type === "string" && type.startsWith("qumulo_");
}

/** Its construct is of CDK Terrain alone, and known by what it holds. */
function isEphemeral(visited: IConstruct): boolean {
  return TerraformElement.isTerraformElement(visited) && isOurs(visited) && "ephemeral" in visited.toTerraform();
}

function readRoleMembership({ element, construct, attributes }: Synthesized): AccessSubject {
  return { kind: "role membership", construct, role: readText(element, attributes["role_name"]) };
}

function readAccount(kind: "local user" | "local group"): Reader {
  return ({ element, construct, attributes }) => ({ kind, construct, name: readText(element, attributes["name"]) });
}

function isWrapper(construct: IConstruct): boolean {
  return wrappers.some((wrapper) => construct instanceof wrapper);
}

function readToken({ element, construct, attributes }: Synthesized): AccessSubject {
  const text = (name: string): SubjectValue<string> => readText(element, attributes[name]);
  return {
    kind: "access token",
    construct,
    user: text("user"),
    expiresIn: readDuration(text("expires_in")),
    expirationTime: text("expiration_time"),
    rotateBeforeExpiry: readDuration(text("rotate_before_expiry")),
    overlap: readDuration(text("overlap")),
  };
}

function readRole({ element, construct, attributes }: Synthesized): AccessSubject {
  const texts = textsIn(resolved(element, attributes["privileges"]));
  const expressions = texts.filter(isExpression);
  const known = texts.filter((text) => !isExpression(text));
  // Known privileges next to unknown ones stand as texts within the expression.
  const within = expressions.flatMap((expression) => expression.match(/\bPRIVILEGE_[A-Z0-9_]+\b/g) ?? []);
  return {
    kind: "role",
    construct,
    name: readText(element, attributes["name"]),
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
