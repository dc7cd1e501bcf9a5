import { expect, test } from "@jest/globals";
import { routesOf } from "../../../src/simulator/http/routes.ts";
import { describeRoutes } from "../../../src/simulator/http/openapi.ts";
import { latestCoreVersion, parseCoreVersion } from "../../../src/simulator/rules/core-version.ts";
import { givenCluster } from "../../support/simulator/given-cluster.ts";
import { validateOpenApi } from "../../support/simulator/validate-openapi.ts";

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: { properties?: object } }>> };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: object }>>;
  readonly security: readonly object[];
}

interface Description {
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

function describe(version = latestCoreVersion): Description {
  return JSON.parse(JSON.stringify(describeRoutes(routesOf(version), version))) as Description;
}

test("anyone may read a valid OpenAPI document of all that is served", async () => {
  const { nobody } = await givenCluster();

  const reply = await nobody.get("/openapi.json");
  const verdict = await validateOpenApi(reply.text);

  expect(reply.status).toBe(200);
  expect(verdict).toEqual({ valid: true, version: "3.0" });
  expect(reply.body).toMatchObject({ openapi: "3.0.3", info: { version: "7.8.2" } });
});

test("every route is described, and has an operation of its own", () => {
  const { paths } = describe();

  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));

  expect(described.sort()).toEqual(
    routesOf(latestCoreVersion)
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  );
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  expect(operations.filter(({ summary }) => summary === undefined)).toEqual([]);
});

function find({ paths }: Description, method: string, path: string): Operation {
  const operation = paths[path]?.[method];
  if (operation === undefined) throw new Error(`${method} ${path} is not described`);
  return operation;
}

function bodyFields({ requestBody }: Operation): string[] {
  return Object.keys(requestBody?.content["application/json"]?.schema.properties ?? {}).sort();
}

test("an operation tells its parameters, body, refusals and privileges", () => {
  const description = describe();

  const put = find(description, "put", "/v1/users/{id}");
  const list = find(description, "get", "/v1/auth/access-tokens/");

  expect(put.parameters.map(({ name, in: place }) => `${place} ${name}`)).toEqual(["path id", "header If-Match"]);
  expect(bodyFields(put)).toEqual(["home_directory", "id", "name", "password", "primary_group", "uid"]);
  expect(Object.keys(put.responses)).toEqual(["200", "400", "401", "403", "404", "409", "412", "413"]);
  expect(put.responses["409"]?.description).toContain("auth_user_already_exists_error: ");
  expect(put.description).toBe("Needs PRIVILEGE_LOCAL_USER_WRITE.");
  expect(list.parameters.map(({ name }) => name)).toEqual(["user", "after", "limit"]);
});

test.each([
  ["/v1/groups/{group_id}/members/", "513", { member_id: "4242" }],
  ["/v1/auth/roles/{role_name}/members", "Observers", { auth_id: "1" }],
])("the description of POST %s tells how a member is refused", async (path, parent, member) => {
  const { admin } = await givenCluster();

  const { responses } = find(describe(), "post", path);
  const reply = await admin.post(path.replace(/\{\w+\}/, parent), member);

  expect(responses[reply.status.toString()]?.description).toContain(`${reply.field("error_class")}: `);
});

test.each([
  ["/v1/users/{id}", "auth_no_such_user_error"],
  ["/v1/auth/identities/{auth_id}/attributes", "auth_no_such_user_error"],
  ["/v1/groups/{id}", "http_not_found_error"],
  ["/v1/users/{id}/groups/", undefined],
])("the description of GET %s tells how an unknown id is answered", async (path, errorClass) => {
  const { admin } = await givenCluster();

  const described = find(describe(), "get", path).responses["404"]?.description;
  const reply = await admin.get(path.replace(/\{\w+\}/, "4242"));

  expect(described?.split(":")[0]).toBe(errorClass);
  expect(described?.match(/\w+_error: /g)?.length).toBe(errorClass === undefined ? undefined : 1);
  expect(reply.status).toBe(errorClass === undefined ? 200 : 404);
});

test("open paths ask for no bearer token, all others do", () => {
  const description = describe();
  const { paths } = description;

  const open = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { security }]) => (security.length === 0 ? [`${method} ${path}`] : [])),
  );

  expect(open).toEqual(
    expect.arrayContaining(["get /openapi.json", "get /v1/version", "get /v1/node/state", "post /v1/session/login"]),
  );
  expect(open).not.toContain("put /v1/cluster/settings");
  expect(find(description, "get", "/v1/users/").security).toEqual([{ bearer: [] }]);
  expect(Object.keys(find(description, "get", "/v1/version").responses)).not.toContain("401");
});

test("an older version describes what it has", async () => {
  const version = parseCoreVersion("5.3.0") ?? latestCoreVersion;
  const description = describe(version);

  const create = find(description, "post", "/v1/auth/access-tokens/");
  const verdict = await validateOpenApi(JSON.stringify(describeRoutes(routesOf(version), version)));

  expect(description.info.version).toBe("5.3.0");
  expect(description.paths["/v1/auth/access-tokens/{id}"]?.["patch"]).toBeUndefined();
  expect(bodyFields(create)).toEqual(["user"]);
  expect(create.description).toBe("Needs PRIVILEGE_ACCESS_TOKENS_WRITE.");
  expect(verdict).toMatchObject({ valid: true });
});
