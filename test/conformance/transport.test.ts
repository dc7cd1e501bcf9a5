import { expect, test } from "@jest/globals";
import { givenQq, type QqSurroundings } from "../support/qq/given-qq.ts";

test("qq prints the version, also without a login", async () => {
  const { runQq, home } = await givenQq();

  const { exitCode, stdout, calls } = await runQq({ args: ["version"], env: { XDG_CONFIG_HOME: `${home}/no` } });

  expect({ exitCode, calls }).toEqual({ exitCode: 0, calls: ["GET /v1/version 200"] });
  expect(JSON.parse(stdout)).toMatchObject({ revision_id: "Qumulo Core 7.8.2", flavor: "release" });
});

test("qq prints the node's state and the cluster's nodes", async () => {
  const { qq } = await givenQq();

  const state = await qq("node_state_get");
  const nodes = await qq("nodes_list");

  expect(JSON.parse(state.stdout)).toMatchObject({ node_id: 1, state: "ACTIVE" });
  expect(JSON.parse(nodes.stdout)).toEqual([expect.objectContaining({ id: 1, node_status: "online" })]);
});

test("qq renames the cluster", async () => {
  const { admin, qq } = await givenQq();

  const { exitCode } = await qq("set_cluster_conf", "--cluster-name", "renamed");

  expect(exitCode).toBe(0);
  expect((await admin.get("/v1/cluster/settings")).body).toEqual({ cluster_name: "renamed" });
});

test("qq reads the cluster's name, also without a login", async () => {
  const { runQq, home } = await givenQq({ clusterName: "lab" });

  const { exitCode, stdout, calls } = await runQq({ args: ["cluster_conf"], env: { XDG_CONFIG_HOME: `${home}/no` } });

  expect({ exitCode, calls }).toEqual({ exitCode: 0, calls: ["GET /v1/cluster/settings 200"] });
  expect(JSON.parse(stdout)).toEqual({ cluster_name: "lab" });
});

test.each([
  ["to list the nodes", ["nodes_list"]],
  ["to rename the cluster", ["set_cluster_conf", "--cluster-name", "mine"]],
])("qq without the privilege %s is refused", async (_what, args) => {
  const { qqOf, signIn, user, admin } = await givenQq({ localUsers: ["mallory"] });
  const qq = await qqOf(await signIn("mallory", user("mallory").password));

  const { exitCode, stderr } = await qq(...args);

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^Error 403: auth_not_authorized_error: .+\n$/);
  expect((await admin.get("/v1/cluster/settings")).body).toEqual({ cluster_name: "simulator" });
});

test("qq raw sends bodies in chunks", async () => {
  const { runQq, admin } = await givenQq();
  const body = (fields: object): string => JSON.stringify({ description: "", privileges: [], ...fields });

  const posted = await runQq({ args: ["raw", "POST", "/v1/auth/roles/"], input: body({ name: "quotas" }) });
  const put = await runQq({ args: ["raw", "PUT", "/v1/auth/roles/quotas"], input: body({ description: "Größe" }) });
  const patched = await runQq({
    args: ["raw", "PATCH", "/v1/auth/roles/quotas"],
    input: '{"privileges": ["PRIVILEGE_QUOTA_READ"]}',
  });

  expect([posted, put, patched].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  expect(JSON.parse(posted.stdout)).toEqual({ name: "quotas", description: "", privileges: [] });
  const role = { description: "Größe", privileges: ["PRIVILEGE_QUOTA_READ"] };
  expect(JSON.parse(patched.stdout)).toEqual(role);
  expect((await admin.get("/v1/auth/roles/quotas")).body).toEqual(role);
});

test("qq raw sends bodies of many chunks, and none at all", async () => {
  const { runQq } = await givenQq();
  // qq cuts at 128 KiB; white space is not part of the value.
  const input = `{"name": "quotas",${" ".repeat(300_000)}"description": ""}`;

  const large = await runQq({ args: ["raw", "POST", "/v1/auth/roles/"], input });
  const empty = await runQq({ args: ["raw", "POST", "/v1/auth/clear-cache"] });

  expect(large.exitCode).toBe(0);
  expect(empty).toMatchObject({ exitCode: 0, stdout: "\n", calls: ["POST /v1/auth/clear-cache 200"] });
});

test("qq raw reads and deletes", async () => {
  const { admin, qq } = await givenQq();
  await admin.post("/v1/auth/roles/", { name: "quotas" });

  const read = await qq("raw", "GET", "/v1/auth/roles/quotas");
  const deleted = await qq("raw", "DELETE", "/v1/auth/roles/quotas");

  expect(JSON.parse(read.stdout)).toEqual({ description: "", privileges: [] });
  expect(deleted).toEqual({ exitCode: 0, stdout: "\n", stderr: "", calls: ["DELETE /v1/auth/roles/quotas 200"] });
});

test.each<[string, QqSurroundings, string]>([
  ["a path that nobody serves", { args: ["GET", "/v1/nothing"] }, "404: http_not_found_error"],
  ["a collection without its slash", { args: ["GET", "/v1/users"] }, "404: http_not_found_error"],
  ["an item with a slash", { args: ["GET", "/v1/users/500/"] }, "404: http_not_found_error"],
  [
    "a method that a path does not have",
    { args: ["PATCH", "/v1/users/500"], input: "{}" },
    "405: http_method_not_allowed_error",
  ],
  ["a body that is not JSON", { args: ["POST", "/v1/users/"], input: "{name" }, "400: decode_error"],
  [
    "a body with a byte-order mark",
    { args: ["POST", "/v1/auth/roles/"], input: '\ufeff{"name": "quotas"}' },
    "400: decode_error",
  ],
  [
    "a body without a field it needs",
    { args: ["POST", "/v1/users/"], input: '{"primary_group": "513"}' },
    "400: decode_error: .*name",
  ],
  ["a body without a body", { args: ["POST", "/v1/users/"] }, "400: decode_error"],
  [
    "a number where a text belongs",
    { args: ["POST", "/v1/identity/find"], input: '{"auth_id": 500}' },
    "400: decode_error: .*auth_id",
  ],
  [
    "a time without a zone",
    {
      args: ["POST", "/v1/auth/access-tokens/"],
      input: '{"user": {"auth_id": "500"}, "expiration_time": "2030-01-20T00:00:00"}',
    },
    "400: decode_error: .*expiration_time",
  ],
  [
    "an unknown privilege",
    { args: ["POST", "/v1/auth/roles/"], input: '{"name": "quotas", "privileges": ["PRIVILEGE_ACCESS_TOKEN_READ"]}' },
    "400: decode_error",
  ],
  [
    "an id that differs from the path",
    { args: ["PUT", "/v1/users/500"], input: '{"id": "501", "name": "admin", "primary_group": "513"}' },
    "400: rest_invalid_request_error",
  ],
  ["user together with paging", { args: ["GET", "/v1/auth/access-tokens/?user=admin&limit=1"] }, "400: decode_error"],
])("qq raw is refused %s", async (_what, { args, ...surroundings }, refusal) => {
  const { runQq } = await givenQq();

  const { exitCode, stderr } = await runQq({ ...surroundings, args: ["raw", ...args] });

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(new RegExp(`^Error ${refusal}.*\n$`));
});

test("qq tells of a cluster that is not there", async () => {
  const { simulator, qq } = await givenQq();
  await simulator.close();

  const { exitCode, stderr } = await qq("version");

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^Connection error: .*refused/);
});

test("qq gives up when an answer does not come in time", async () => {
  const { simulator, qq } = await givenQq();
  simulator.failNext({ with: { kind: "hang" } });

  const { exitCode, stderr } = await qq("--timeout", "1", "version");

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^Connection error: .*timed out/);
});

test("qq sends every request once, also when the cluster is busy", async () => {
  const { simulator, qq } = await givenQq();
  simulator.failNext({ with: { kind: "status", status: 503 } });

  const { exitCode, stderr, calls } = await qq("auth_list_users");

  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^Error 503: /);
  expect(calls).toEqual(["GET /v1/users/ 503"]);
});
