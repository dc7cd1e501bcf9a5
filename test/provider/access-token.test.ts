import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { givenEngine } from "../support/provider/given-provider.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";
import { undecided } from "../support/provider/values.ts";

const type = "qumulo_access_token";
const tokensPath = "/v1/auth/access-tokens/";
const end = "2026-09-01T00:00:00Z";
const config = { user: "local:svc", expiration_time: end };

async function givenTokens() {
  const clock = new SettableClock("2026-03-02T08:00:00Z");
  const cluster = await givenCluster({ localUsers: ["svc", "other"], clock });
  const { id: authId } = cluster.user("svc");
  const listOf = async (user: string) => {
    const { body } = await cluster.admin.get(`${tokensPath}?user=auth_id:${user}`);
    // The shape is the simulator's own.
    return (body as { readonly entries: readonly { readonly id: string }[] }).entries;
  };
  return { ...cluster, clock, authId, listOf, engine: await givenEngine(cluster.simulator, { clock }) };
}

test("a token is created, its secret works, and the plan after that is empty", async () => {
  const { engine, bearing, authId } = await givenTokens();

  const created = await engine.apply(type, config);

  expect(created.errors).toEqual([]);
  expect(created.state).toMatchObject({
    user: "local:svc",
    expiration_time: end,
    enabled: true,
    identity: { domain: "LOCAL", auth_id: authId, name: "svc", uid: null },
    creator: { name: "admin" },
  });
  const self = await bearing(String(created.state?.["bearer_token"])).get("/v1/session/who-am-i");
  expect(self.field("access_token_id")).toBe(created.state?.["id"]);
  const read = await engine.refresh(type, created.kept);
  expect(read.state).toEqual(created.state);
  expect((await engine.plan(type, config, read.kept)).isEmpty).toBe(true);
});

test("a token for a user whom this run created takes one write and one read", async () => {
  const { engine, simulator } = await givenTokens();
  const user = await engine.apply("qumulo_local_user", { name: "fresh" });
  const before = simulator.requests.length;

  const created = await engine.apply(type, { user: `auth_id:${String(user.state?.["id"])}`, expiration_time: end });

  expect(created.errors).toEqual([]);
  expect(simulator.requests.slice(before).map(({ method }) => method)).toEqual(["POST", "GET"]);
});

test("a whole service account takes at most eight requests beside the login", async () => {
  const { simulator } = await givenTokens();
  const before = simulator.requests.length;

  for (const phase of ["plan", "apply"]) {
    const engine = await givenEngine(simulator, { clock: new SettableClock("2026-03-02T08:00:00Z") });
    if (phase === "plan") {
      await engine.plan("qumulo_local_user", { name: "fresh" });
      await engine.plan(type, { user: undecided, expiration_time: end });
    } else {
      const user = await engine.apply("qumulo_local_user", { name: "fresh" });
      const id = String(user.state?.["id"]);
      await engine.apply("qumulo_role", { name: "ops", privileges: [] });
      await engine.apply("qumulo_role_member", { role_name: "ops", auth_id: id });
      await engine.apply(type, { user: `auth_id:${id}`, expiration_time: end });
    }
  }

  const paths = simulator.requests.slice(before).map(({ path }) => path);
  expect(paths.filter((path) => path !== "/v1/session/login").length).toBeLessThanOrEqual(8);
});

test("a token that never expires is created with a warning", async () => {
  const { engine } = await givenTokens();

  const created = await engine.apply(type, { user: "local:svc" });

  expect(created.errors).toEqual([]);
  expect(created.warnings).toMatchObject([{ summary: "Access token never expires" }]);
  expect(created.state?.["expiration_time"]).toBeNull();
  expect((await engine.plan(type, { user: "local:svc" }, created.kept)).warnings).toEqual([]);
});

test("a token is created disabled", async () => {
  const { engine, bearing } = await givenTokens();

  const created = await engine.apply(type, { ...config, enabled: false });

  expect(created.state).toMatchObject({ enabled: false });
  expect((await bearing(String(created.state?.["bearer_token"])).get("/v1/session/who-am-i")).status).toBe(401);
});

test("expiration and enabled change in place, with one look and one change, and keep the secret", async () => {
  const { engine, simulator } = await givenTokens();
  const created = await engine.apply(type, config);
  const later = { ...config, expiration_time: "2026-10-01T00:00:00Z", enabled: false };
  const before = simulator.requests.length;

  const planned = await engine.plan(type, later, created.kept);
  const changed = await engine.apply(type, later, created.kept);

  expect(planned.replaces).toEqual([]);
  expect(planned.planned?.["bearer_token"]).toBe(created.state?.["bearer_token"]);
  expect(changed.state).toEqual({ ...created.state, expiration_time: "2026-10-01T00:00:00Z", enabled: false });
  expect(simulator.requests.slice(before).map(({ method }) => method)).toEqual(["GET", "PATCH"]);
});

test("an expiration is given to a token that had none, in place", async () => {
  const { engine } = await givenTokens();
  const created = await engine.apply(type, { user: "local:svc" });

  const changed = await engine.apply(type, config, created.kept);

  expect(changed.state).toMatchObject({ id: created.state?.["id"], expiration_time: end });
});

test("another spelling of the same instant or of the same user changes nothing", async () => {
  const { engine, authId } = await givenTokens();
  const created = await engine.apply(type, config);

  for (const other of [
    { ...config, expiration_time: "2026-09-01T02:00:00+02:00" },
    { ...config, user: "LOCAL: svc" },
    { ...config, user: "svc" },
    { ...config, user: `auth_id:${authId}` },
  ]) {
    expect(await engine.plan(type, other, created.kept)).toMatchObject({ isEmpty: true, replaces: [], errors: [] });
  }
});

test("another user is a rotation, so that the token before goes on working for the overlap", async () => {
  const { engine, bearing } = await givenTokens();
  const created = await engine.apply(type, config);
  const other = { ...config, user: "local:other" };

  const planned = await engine.plan(type, other, created.kept);
  const rotated = await engine.apply(type, other, created.kept);

  expect(planned).toMatchObject({ replaces: [], planned: { user: "local:other", id: "(unknown)" } });
  expect(planned.warnings).toMatchObject([{ detail: expect.stringContaining("belongs to the account") }]);
  expect(rotated.state).toMatchObject({ user: "local:other", previous_token: { id: created.state?.["id"] } });
  for (const { state } of [created, rotated]) {
    expect((await bearing(String(state?.["bearer_token"])).get("/v1/session/who-am-i")).status).toBe(200);
  }
});

test("a time in the past is refused while planning, the next instant is not", async () => {
  const { engine, clock } = await givenTokens();
  clock.set(end);

  const refused = await engine.plan(type, config);
  const accepted = await engine.plan(type, { ...config, expiration_time: "2026-09-01T00:00:00.000000001Z" });

  expect(refused.errors).toMatchObject([{ attribute: ["expiration_time"], detail: expect.stringContaining(end) }]);
  expect(accepted.errors).toEqual([]);
});

test("a token that has expired meanwhile is not an error, changing it to a past time is", async () => {
  const { engine, clock } = await givenTokens();
  const created = await engine.apply(type, config);
  clock.set("2027-01-01T00:00:00Z");

  expect((await engine.plan(type, config, created.kept)).isEmpty).toBe(true);
  expect((await engine.plan(type, { ...config, enabled: false }, created.kept)).errors).toEqual([]);
  const back = { ...config, expiration_time: "2026-12-31T00:00:00Z" };
  expect((await engine.plan(type, back, created.kept)).errors).toMatchObject([{ attribute: ["expiration_time"] }]);
});

test.each([
  ["expiration_time", { expiration_time: "2030-01-01T00:00:00" }],
  ["expiration_time", { expiration_time: "2030-02-30T00:00:00Z" }],
  ["expiration_time", { expiration_time: "90d" }],
  ["user", { user: "" }],
  ["user", { user: "nowhere:svc" }],
  ["user", { user: "gid:7" }],
  ["user", { user: "ldap_group:lab" }],
  ["user", { user: "world:Everyone" }],
])("a bad %s is refused while validating: %j", async (attribute, given) => {
  const { engine } = await givenTokens();

  expect(await engine.validate(type, { ...config, ...given })).toMatchObject([{ attribute: [attribute] }]);
});

test("a group is refused while planning", async () => {
  const { engine } = await givenTokens();

  const planned = await engine.plan(type, { ...config, user: "local:Users" });

  expect(planned.errors).toMatchObject([{ attribute: ["user"], summary: "Access token for a group" }]);
});

test("a user who is not there yet is not an error while planning, and one at the user while applying", async () => {
  const { engine } = await givenTokens();
  const unknownUser = { ...config, user: "local:nobody-here" };

  expect((await engine.plan(type, unknownUser)).errors).toEqual([]);
  expect((await engine.apply(type, unknownUser)).errors).toMatchObject([{ attribute: ["user"] }]);
});

test("a third token is warned of while planning and refused while applying, and both name the other two", async () => {
  const { engine, authId, listOf } = await givenTokens();
  await engine.apply(type, config);
  await engine.apply(type, config);
  const ids = (await listOf(authId)).map(({ id }) => id);

  const planned = await engine.plan(type, config);
  const created = await engine.apply(type, config);

  expect(created.errors).toMatchObject([{ attribute: ["user"] }]);
  expect(created.state).toBeNull();
  for (const id of ids) {
    expect(planned.warnings[0]?.detail).toContain(id);
    expect(created.errors[0]?.detail).toContain(id);
  }
});

test("a token that was deleted outside is planned again, and its deletion succeeds", async () => {
  const { engine, admin } = await givenTokens();
  const created = await engine.apply(type, config);
  await admin.delete(`${tokensPath}${String(created.state?.["id"])}`);

  expect((await engine.refresh(type, created.kept)).state).toBeNull();
  expect((await engine.destroy(type, created.kept)).errors).toEqual([]);
  expect((await engine.apply(type, { ...config, enabled: false }, created.kept)).errors).toMatchObject([
    { summary: expect.stringContaining("is gone") },
  ]);
});

test("drift of enabled and expiration is seen and repaired", async () => {
  const { engine, admin } = await givenTokens();
  const created = await engine.apply(type, config);
  const path = `${tokensPath}${String(created.state?.["id"])}`;
  await admin.patch(path, { enabled: false, expiration_time: "2026-12-01T00:00:00Z" });

  const read = await engine.refresh(type, created.kept);
  const repaired = await engine.apply(type, config, read.kept);

  expect(read.state).toMatchObject({ enabled: false, expiration_time: "2026-12-01T00:00:00Z" });
  expect(repaired.state).toEqual(created.state);
});

test("a token is imported by id, without its secret, and the plan after that is empty", async () => {
  const { engine, admin, authId } = await givenTokens();
  const token = await admin.post(tokensPath, { user: { auth_id: authId }, expiration_time: end });

  const imported = await engine.importById(type, token.field("id"));

  expect(imported.warnings).toHaveLength(1);
  expect(imported.state).toMatchObject({ id: token.field("id"), user: "local:svc", bearer_token: null });
  expect((await engine.plan(type, config, imported.kept)).isEmpty).toBe(true);
  expect((await engine.plan(type, { ...config, user: `auth_id:${authId}` }, imported.kept)).isEmpty).toBe(true);
});

test("a bearer token is not an import id", async () => {
  const { engine } = await givenTokens();

  expect((await engine.importById(type, "not-an-id")).errors).toMatchObject([{ summary: "Import id is invalid" }]);
});

test("one warning says that imported access tokens have no bearer tokens, and whose they are", async () => {
  const names = Array.from({ length: 31 }, (_, index) => `svc-${index}`);
  const { simulator, admin, user } = await givenCluster({ localUsers: names });
  const made: string[] = [];
  for (const name of names) {
    made.push((await admin.post("/v1/auth/access-tokens/", { user: { auth_id: user(name).id } })).field("id"));
  }
  const engine = await givenEngine(simulator);

  const imports = await Promise.all(made.map(async (id) => engine.importById(type, id)));

  expect(imports.flatMap(({ errors }) => errors)).toEqual([]);
  const warnings = imports.flatMap(({ warnings: those }) => those);
  expect(warnings).toMatchObject([{ summary: "Imported access tokens have no bearer tokens" }]);
  expect(warnings[0]?.detail).toMatch(
    /This goes for the tokens of local:svc-\d+, .* and 21 more, and for all others that this run imports\./,
  );
});

test("a token that was created and cannot be read keeps its secret in state", async () => {
  const { engine, simulator, authId, listOf } = await givenTokens();
  simulator.failNext({ method: "GET", path: /access-tokens\/\d/, with: { kind: "status", status: 500 } });

  const created = await engine.apply(type, config);

  expect(created.errors).toHaveLength(1);
  expect(created.state?.["id"]).toBe((await listOf(authId))[0]?.id);
  expect(created.state?.["bearer_token"]).toMatch(/^access-v1:/);
});

test("after a lost answer, the orphan that can only be this one is deleted", async () => {
  const { engine, simulator, authId, listOf } = await givenTokens();
  simulator.failNext({ method: "POST", path: /access-tokens/, when: "after", with: { kind: "reset" } });

  const created = await engine.apply(type, { user: "local:svc", expires_in: "90d" });

  expect(created.errors).toMatchObject([{ detail: expect.stringContaining("nothing is left behind") }]);
  expect(created.state).toBeNull();
  expect(await listOf(authId)).toEqual([]);
});

test.each([
  ["that never ends", { user: "local:svc" }],
  ["of a fixed end, which somebody else may have asked for as well", config],
])("after a lost answer, a token %s is named and left alone", async (_, asked) => {
  const { engine, simulator, authId, listOf } = await givenTokens();
  simulator.failNext({ method: "POST", path: /access-tokens/, when: "after", with: { kind: "reset" } });

  const created = await engine.apply(type, asked);

  const [left] = await listOf(authId);
  expect(left).toBeDefined();
  expect(created.errors[0]?.detail).toContain(left?.id);
});

test("after a lost answer, tokens that were there before are left alone", async () => {
  const { engine, simulator, authId, listOf, admin } = await givenTokens();
  await admin.post(tokensPath, { user: { auth_id: authId }, expiration_time: end });
  simulator.failNext({ method: "POST", path: /access-tokens/, with: { kind: "reset" } });

  const created = await engine.apply(type, config);

  expect(created.errors).toHaveLength(1);
  expect(await listOf(authId)).toHaveLength(1);
});

test("a bearer token is in no message", async () => {
  const { engine, simulator } = await givenTokens();
  const created = await engine.apply(type, config);
  simulator.failNext({ method: "PATCH", with: { kind: "status", status: 500 } });

  const failed = await engine.apply(type, { ...config, enabled: false }, created.kept);

  expect(failed.errors).toHaveLength(1);
  expect(JSON.stringify(failed.errors)).not.toContain(String(created.state?.["bearer_token"]));
  expect(failed.state).toEqual(created.state);
});
