import type { JsonSchema } from "@valibot/to-json-schema";
import * as v from "valibot";
import { schemaOf } from "../http/openapi.ts";
import { type ControlRefusal, controlRefusals } from "./control-error.ts";
import { type ControlRoute, controlRoutes } from "./routes.ts";

const errorShape = v.object({
  code: v.picklist(Object.keys(controlRefusals)),
  message: v.string(),
  faults: v.optional(v.array(v.object({ path: v.string(), message: v.string() }))),
});

/** What any endpoint may refuse. */
const general: readonly ControlRefusal[] = ["unauthorized", "cross_origin", "unknown_host", "body_too_large", "defect"];

/** The OpenAPI 3.0.3 document of the control API, as plain JSON. */
export function describeControl(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of controlRoutes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describeRoute(route) };
  }
  return {
    openapi: "3.0.3",
    info: {
      title: "Control API of the simulator of cdktf-qumulo",
      description:
        "Controls a simulated cluster from programs of any language. Not part of the simulated API: it has a socket or a port of its own.",
      version: "1",
    },
    paths,
    components: {
      schemas: { Error: schemaOf(errorShape, "output") },
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          description: "The secret that the simulator was started with. On a socket there is none.",
        },
      },
    },
    security: [{ bearer: [] }, {}],
  };
}

function describeRoute(route: ControlRoute): object {
  const { method, path, summary, query, answer } = route;
  const words = path.replace("/v1/", "").replaceAll(/[^A-Za-z0-9]+/g, "_");
  const parameters = query.map(({ name, description }) => ({
    name,
    in: "query",
    description,
    schema: { type: "integer" },
  }));
  return {
    operationId: `${method.toLowerCase()}_${words}`,
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...bodyOf(route),
    responses: { "200": { description: "Done", content: json(schemaOf(answer, "output")) }, ...refusalsOf(route) },
  };
}

function bodyOf({ body, isBodyOptional }: ControlRoute): object {
  if (isBodyOptional) return {};
  return { requestBody: { required: true, content: json(schemaOf(body, "input")) } };
}

function refusalsOf({ isBodyOptional, refusals }: ControlRoute): object {
  const bodies: readonly ControlRefusal[] = isBodyOptional ? [] : ["invalid_body", "unsupported_media_type"];
  const meanings = new Map<string, string[]>();
  for (const name of [...general, ...bodies, ...refusals]) {
    const { status, meaning } = controlRefusals[name];
    const key = status.toString();
    meanings.set(key, [...(meanings.get(key) ?? []), `${name}: ${meaning}`]);
  }
  const content = json({ $ref: "#/components/schemas/Error" });
  return Object.fromEntries(
    Array.from(meanings, ([status, texts]) => [status, { description: `${texts.join("; ")}.`, content }]),
  );
}

function json(schema: JsonSchema | object): object {
  return { "application/json": { schema } };
}
