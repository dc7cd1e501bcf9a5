import * as v from "valibot";
import { nearestName } from "../../vocabulary/nearest-name.ts";
import { type Seed, SeedError, type SeedFault, seedVersion } from "./seed.ts";

const text = v.pipe(
  v.string(),
  v.check((value) => !/\p{Surrogate}/u.test(value), "the text holds half a character"),
);
const identity = v.pipe(text, v.nonEmpty("an identity is needed, such as local:svc or auth_id:1004"));

const matching = (pattern: RegExp, wanted: string): v.GenericSchema<string, string> =>
  v.pipe(text, v.regex(pattern, wanted));
const digits = matching(/^(?:0|[1-9]\d*)$/, "decimal digits are needed, as a text");
const uuid = matching(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i, "a UUID is needed");
const sidPrefix = matching(/^S-1-5-21(?:-\d{1,10}){3}$/, "S-1-5-21- and three numbers are needed");
const digest = matching(/^[\da-f]{64}$/, "64 hexadecimal digits in lower case are needed");
const count = v.pipe(
  v.number(),
  v.check((value) => Number.isInteger(value) && value >= 1, "a whole number of at least 1 is needed"),
);

/** More than a cluster can have, and few enough to be made at once. */
const mostNodes = 1_000;
const tooManyNodes = `a cluster has at most ${mostNodes} nodes`;
/** One more than the largest id, which means that no id is left. */
const largestNextId = 4_294_967_296;

const nodeSchema = v.strictObject({
  name: v.optional(text),
  uuid: v.optional(uuid),
  mac_address: v.optional(text),
  serial_number: v.optional(text),
});

const clusterSchema = v.strictObject({
  name: v.optional(v.pipe(text, v.nonEmpty("a cluster needs a name"))),
  id: v.optional(uuid),
  sid_prefix: v.optional(sidPrefix),
  nodes: v.optional(
    v.union(
      [
        v.pipe(count, v.maxValue(mostNodes, tooManyNodes)),
        v.pipe(
          v.array(nodeSchema),
          v.minLength(1, "a cluster has at least one node"),
          v.maxLength(mostNodes, tooManyNodes),
        ),
      ],
      `a whole number from 1 to ${mostNodes} is needed, or a list of nodes`,
    ),
  ),
  next_id: v.optional(v.pipe(count, v.maxValue(largestNextId, `no number above ${largestNextId} is one`))),
});

const posixId = v.pipe(v.number(), v.integer("a whole number is needed"), v.minValue(0, "no number below 0 is one"));
const names = v.optional(v.array(text));
const directoryAccount = { name: text, distinguished_name: v.optional(text), member_of: names };

const activeDirectorySchema = v.strictObject({
  netbios_name: text,
  dns_name: text,
  sid: sidPrefix,
  groups: v.optional(v.array(v.strictObject({ ...directoryAccount, rid: posixId, gid: v.optional(posixId) }))),
  users: v.optional(
    v.array(
      v.strictObject({
        ...directoryAccount,
        rid: posixId,
        uid: v.optional(posixId),
        primary_group: v.optional(text),
        password: v.optional(v.string()),
        password_hash: v.optional(v.string()),
        login_allowed: v.optional(v.boolean()),
      }),
    ),
  ),
});

const ldapSchema = v.strictObject({
  bind_uri: text,
  groups: v.optional(v.array(v.strictObject({ ...directoryAccount, gid: posixId }))),
  users: v.optional(v.array(v.strictObject({ ...directoryAccount, uid: posixId, primary_group: v.optional(text) }))),
});

const samlSchema = v.strictObject({
  cluster_dns_name: text,
  identity_provider_url: text,
  required: v.optional(v.boolean()),
});

const groupSchema = v.strictObject({
  name: text,
  id: v.optional(digits),
  gid: v.optional(digits),
  members: v.optional(v.array(text)),
});

const userSchema = v.pipe(
  v.strictObject({
    name: text,
    id: v.optional(digits),
    primary_group: v.optional(text),
    uid: v.optional(digits),
    home_directory: v.optional(text),
    password: v.optional(v.string()),
    password_hash: v.optional(v.string()),
  }),
  v.check(
    ({ password, password_hash }) => password === undefined || password_hash === undefined,
    "password and password_hash exclude each other",
  ),
);

const roleSchema = v.strictObject({
  name: text,
  description: v.optional(text),
  privileges: v.optional(v.array(text)),
  members: v.optional(v.array(identity)),
});

const tokenSchema = v.pipe(
  v.strictObject({
    user: identity,
    creator: v.optional(identity),
    id: v.optional(digits),
    creation_time: v.optional(text),
    expiration_time: v.optional(text),
    enabled: v.optional(v.boolean()),
    bearer_token: v.optional(
      matching(/^access-v1:[\x21-\x7e]+$/, "access-v1: and visible ASCII characters are needed"),
    ),
    bearer_token_sha256: v.optional(digest),
  }),
  v.check(
    ({ bearer_token, bearer_token_sha256 }) => bearer_token === undefined || bearer_token_sha256 === undefined,
    "bearer_token and bearer_token_sha256 exclude each other",
  ),
);

const seedSchema = v.strictObject({
  version: v.literal(seedVersion, `this release reads version ${seedVersion} of the format`),
  cluster: v.optional(clusterSchema),
  active_directory: v.optional(activeDirectorySchema),
  ldap: v.optional(ldapSchema),
  user_mappings: v.optional(v.array(v.strictObject({ down_level_logon_name: text, ldap_name: text }))),
  saml: v.optional(samlSchema),
  groups: v.optional(v.array(groupSchema)),
  users: v.optional(v.array(userSchema)),
  roles: v.optional(v.array(roleSchema)),
  access_tokens: v.optional(v.array(tokenSchema)),
  identity_attributes: v.optional(v.array(v.strictObject({ identity, home_directory: text }))),
});

/**
 * Reads a seed.
 *
 * @param value - decoded JSON
 * @throws {SeedError} with all fields that are missing, unknown or of the wrong shape
 */
export function parseSeed(value: unknown): Seed {
  if (Array.isArray(value)) throw new SeedError([{ path: [], message: "an object is needed, not a list" }]);
  const result = v.safeParse(seedSchema, withoutNulls(value));
  if (result.success) return result.output;
  throw new SeedError(result.issues.map(faultOf));
}

/** Removes fields that are `null`, which means absent. In lists it is kept, because it is a mistake there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(fields.map(([name, field]): [string, unknown] => [name, withoutNulls(field)]));
}

function faultOf(issue: v.BaseIssue<unknown>): SeedFault {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
  return { path, message: describeIssue(issue) };
}

/** Describes what is wrong, without the value, which may be a password. */
function describeIssue(issue: v.BaseIssue<unknown>): string {
  if (issue.type === "strict_object" && issue.expected === "never") return unknownField(issue);
  if (issue.received === "undefined") return "the field is missing";
  if (issue.kind !== "schema" || issue.type === "literal" || issue.type === "union") return issue.message;
  return `${wanted(issue.type)} is needed, not ${kindOf(issue.input)}`;
}

function unknownField(issue: v.BaseIssue<unknown>): string {
  const step = issue.path?.at(-1);
  const name = String(step?.key);
  const known = fieldsOf(issue.path ?? []);
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? `the fields here are ${known.join(", ")}` : `did you mean ${nearest}?`;
  return `there is no such field; ${hint}`;
}

/** The fields of the object that holds the last step of a path. */
function fieldsOf(path: readonly { readonly key: unknown }[]): readonly string[] {
  let schema: unknown = seedSchema;
  for (const { key } of path.slice(0, -1)) schema = memberOf(unwrap(schema), key);
  const { entries } = unwrap(schema);
  return entries === undefined ? [] : Object.keys(entries);
}

interface Schema {
  readonly wrapped?: unknown;
  readonly options?: readonly unknown[];
  readonly item?: unknown;
  readonly entries?: Readonly<Record<string, unknown>>;
}

/** The object or list inside an optional schema, or inside the last of several. */
function unwrap(schema: unknown): Schema {
  // Valibot's types of schemas nest too deep to be walked by the compiler.
  const { wrapped, options } = schema as Schema;
  const inner = wrapped ?? options?.at(-1);
  return inner === undefined ? (schema as Schema) : unwrap(inner);
}

function memberOf({ entries, item }: Schema, key: unknown): unknown {
  return typeof key === "string" ? entries?.[key] : item;
}

const wantedByType: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  strict_object: "an object",
};

function wanted(type: string): string {
  return wantedByType[type] ?? type;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return (
    { string: "a text", number: "a number", boolean: "true or false", object: "an object" }[typeof value as string] ??
    "nothing"
  );
}
