import { type JsonSchema, toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import { type RefusalName, refusals } from "../rules/api-error.ts";
import { isOpen, privilegesFor } from "../rules/access/authorize.ts";
import { hasFeature } from "../rules/core-version.ts";
import { errorShape } from "./answer-shapes.ts";
import type { Route } from "./api-request.ts";
import { type CoreVersion, renderCoreVersion } from "../../vocabulary/core-version.ts";

/**
 * The OpenAPI 3.0.3 document of what is served, as plain JSON.
 */
export function describeRoutes(served: readonly Route[], coreVersion: CoreVersion): object {
  return {
    openapi: "3.0.3",
    info: {
      title: "Simulated Qumulo Core cluster",
      description: "What this simulator serves of a cluster's REST API. Trailing slashes are part of the paths.",
      version: renderCoreVersion(coreVersion),
    },
    paths: describePaths(served, coreVersion),
    components: {
      schemas: { Error: schemaOf(errorShape, "output") },
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          description: "The bearer token of a session or of an access token",
        },
      },
    },
  };
}

function describePaths(served: readonly Route[], coreVersion: CoreVersion): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of served) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describeOperation(route, coreVersion) };
  }
  return paths;
}

function describeOperation(route: Route, coreVersion: CoreVersion): object {
  const privileges = privilegesFor(route.operation, coreVersion);
  return {
    operationId: operationIdOf(route),
    tags: [tagOf(route)],
    ...(route.summary === undefined ? {} : { summary: route.summary }),
    ...(privileges.length === 0 ? {} : { description: `Needs ${privileges.join(" or ")}.` }),
    ...(route.isDeprecated === true ? { deprecated: true } : {}),
    parameters: parametersOf(route),
    ...bodyOf(route, coreVersion),
    responses: { "200": successOf(route), ...describeRefusals(route, coreVersion) },
    security: isOpen(route.operation) ? [] : [{ bearer: [] }],
  };
}

/** Such as `get_v1_users_id_groups`: unique, since it tells method and path. */
function operationIdOf({ method, path }: Route): string {
  const words = path.replaceAll(/[^A-Za-z0-9]+/g, "_").replace(/_$/, "");
  return `${method.toLowerCase()}${words}`;
}

function tagOf({ path }: Route): string {
  const segments = path.split("/").filter((part) => part !== "" && !part.startsWith("{") && !/^v\d+$/.test(part));
  return segments[0] === "auth" ? (segments[1] ?? "auth") : (segments[0] ?? "cluster");
}

function parametersOf({ path, query = [], takesIfMatch = false }: Route): readonly object[] {
  const text = { type: "string" };
  const inPath = pathParametersOf(path).map((name) => ({ name, in: "path", required: true, schema: text }));
  const inQuery = query.map(({ name, description }) => ({ name, in: "query", description, schema: text }));
  const description = "The ETag of the version that shall be changed; without it any version will do";
  return [
    ...inPath,
    ...inQuery,
    ...(takesIfMatch ? [{ name: "If-Match", in: "header", description, schema: text }] : []),
  ];
}

function pathParametersOf(path: string): readonly string[] {
  return Array.from(path.matchAll(/\{([^}]+)\}/g), ([, name = ""]) => name);
}

function bodyOf({ body, laterFields = {} }: Route, coreVersion: CoreVersion): object {
  if (body === undefined) return {};
  const schema = schemaOf(body, "input");
  const properties = Object.entries(schema.properties ?? {}).filter(([name]) => {
    const feature = laterFields[name];
    return feature === undefined || hasFeature(coreVersion, feature);
  });
  const known = schema.properties === undefined ? schema : { ...schema, properties: Object.fromEntries(properties) };
  return { requestBody: { required: true, content: json(known) } };
}

function successOf({ answer }: Route): object {
  if (answer === undefined) return { description: "Done" };
  return { description: "Done", content: json(schemaOf(answer, "output")) };
}

/** All ways in which an endpoint refuses, but for what any path does: 404 for unknown ones, 405 for other methods. */
function refusalsOf(route: Route, coreVersion: CoreVersion): readonly RefusalName[] {
  const { operation, path, query = [], body, takesIfMatch = false } = route;
  const hasParams = pathParametersOf(path).length > 0;
  const absence = hasParams ? absenceOf(route) : undefined;
  const implied: readonly (readonly [boolean, RefusalName])[] = [
    [!isOpen(operation), "authenticationRequired"],
    [privilegesFor(operation, coreVersion).length > 0, "notAuthorized"],
    [hasParams || query.length > 0 || body !== undefined, "undecodable"],
    [takesIfMatch, "preconditionFailed"],
    // Also without a body of its own: whatever comes is read.
    [true, "bodyTooLarge"],
  ];
  const general = implied.flatMap(([applies, name]) => (applies ? [name] : []));
  return [...new Set([...general, ...(absence === undefined ? [] : [absence]), ...(route.refusals ?? [])])];
}

/** How an id or a name in the path that stands for nothing is refused; `undefined` where it is answered with nothing. */
function absenceOf({ operation, path }: Route): RefusalName | undefined {
  if (operation === "readGroupsOfUser") return undefined;
  return /^\/v1\/(?:users|auth\/identities)\//.test(path) ? "noSuchUser" : "notFound";
}

function describeRefusals(route: Route, coreVersion: CoreVersion): Readonly<Record<string, object>> {
  const descriptions = new Map<string, string[]>();
  for (const name of refusalsOf(route, coreVersion)) {
    const { status, errorClass, description } = refusals[name];
    const key = status.toString();
    descriptions.set(key, [...(descriptions.get(key) ?? []), `${errorClass}: ${description}`]);
  }
  const content = json({ $ref: "#/components/schemas/Error" });
  return Object.fromEntries(
    Array.from(descriptions, ([status, texts]) => [status, { description: `${texts.join(". ")}.`, content }]),
  );
}

function json(schema: object): object {
  return { "application/json": { schema } };
}

/** A shape as OpenAPI 3.0 describes it. Checks that a schema makes beyond its shape have no words there, and are left out. */
export function schemaOf(schema: GenericSchema, typeMode: "input" | "output"): JsonSchema {
  return toJsonSchema(schema, {
    target: "openapi-3.0",
    typeMode,
    errorMode: "ignore",
    overrideSchema({ jsonSchema }) {
      // OpenAPI 3.0 refuses an empty list here.
      const { required, ...rest } = jsonSchema;
      return required?.length === 0 ? rest : jsonSchema;
    },
  });
}
