import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv, type ValidateFunction } from "ajv";

/** A schema of OpenAPI 3.0, as far as the vendor's document uses them. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly [keyword: string]: unknown;
}

interface Operation {
  readonly security?: readonly object[];
  readonly responses: Readonly<
    Record<string, { readonly content?: { readonly "application/json": { schema: Schema } } }>
  >;
}

/** What the vendor's document says of one endpoint. */
export interface VendorEndpoint {
  /** Whether a bearer token is needed. */
  readonly isGuarded: boolean;
  /** What is wrong with the body of an answer of status 200; an empty text when nothing is. */
  readonly faultOf: (body: unknown) => string;
}

const file = path.resolve(__dirname, "../../../../shared/qumulo-openapi.json");

/** The document lists no field as nullable, and none as required: these hold null where there is no value. */
const nullable = new Set(["home_directory", "expiration_time", "nfs_id"]);
const nullableInIdentities = new Set(["uid", "gid", "sid", "name"]);

/** Answered to access tokens only. */
const optional = new Set(["access_token_id"]);

/** The document leaves `paging` out, and Qumulo's client reads it. */
const paging: Schema = {
  type: "object",
  properties: { next: { type: "string" } },
};
const paged = ["GET /v1/auth/access-tokens/", "GET /v1/auth/roles/{role_name}/members"];

/**
 * The endpoints in the vendor's own description of the API, such as `GET /v1/users/{id}`; `undefined` where that is not
 * at hand, for it is not ours to hand on.
 */
export function findVendorEndpoints(): ReadonlyMap<string, VendorEndpoint> | undefined {
  const document = readDocument();
  if (document === undefined) return undefined;
  const ajv = new Ajv({ allErrors: true, formats: { password: true } });
  const endpoints = Object.entries(document.paths).flatMap(([target, operations]) =>
    Object.entries(operations).map(([method, operation]): [string, VendorEndpoint] => {
      const name = `${method.toUpperCase()} ${target}`;
      return [name, endpointOf(ajv, name, operation)];
    }),
  );
  return new Map(endpoints);
}

function readDocument(): { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> } | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  // The vendor's own document: a part that is not as described fails the tests that use it.
  return JSON.parse(text) as ReturnType<typeof readDocument>;
}

function endpointOf(ajv: Ajv, name: string, operation: Operation): VendorEndpoint {
  const isGuarded = operation.security !== undefined;
  const schema = operation.responses["200"]?.content?.["application/json"].schema;
  if (schema === undefined) {
    return { isGuarded, faultOf: (body) => (body === undefined ? "" : "a body where none is described") };
  }
  const whole = paged.includes(name) ? { ...schema, properties: { ...schema.properties, paging } } : schema;
  const validate: ValidateFunction = ajv.compile(tighten(whole));
  return { isGuarded, faultOf: (body) => (validate(body) ? "" : ajv.errorsText(validate.errors)) };
}

/** As the document allows nearly everything: every property is needed, and no other may be there. */
function tighten(schema: Schema): Schema {
  const { properties, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(items === undefined ? {} : { items: tighten(items) }),
    ...(properties === undefined ? {} : tightenProperties(properties)),
    // A map: its keys are names that nobody can list.
    ...(typeof additionalProperties === "object" ? { additionalProperties: tighten(additionalProperties) } : {}),
  };
}

function tightenProperties(properties: Readonly<Record<string, Schema>>): Schema {
  const names = Object.keys(properties);
  const mayBeNull = (name: string): boolean =>
    nullable.has(name) || ("auth_id" in properties && nullableInIdentities.has(name));
  return {
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [
        name,
        mayBeNull(name) ? { ...tighten(schema), nullable: true } : tighten(schema),
      ]),
    ),
    required: names.filter((name) => !optional.has(name)),
    additionalProperties: false,
  };
}
