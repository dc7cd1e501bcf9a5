import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { openEphemeral } from "../support/provider/given-ephemeral.ts";
import { type Given, givenUnconfiguredEngine, reaching } from "../support/provider/given-provider.ts";
import { undecided } from "../support/provider/values.ts";

const typeName = "qumulo_session";

async function givenSessions(config: Given = {}) {
  const cluster = await givenCluster({ localUsers: ["svc"] });
  const engine = givenUnconfiguredEngine();
  const configured = await engine.configure({ ...reaching(cluster.simulator), ...config });
  if (configured.length > 0) throw new Error(JSON.stringify(configured));
  const open = async (given: Given = {}) => openEphemeral(engine.server, typeName, given);
  const whoIs = async (bearerToken: unknown) =>
    (await cluster.bearing(String(bearerToken)).get("/v1/session/who-am-i")).field("name");
  return { ...cluster, engine, open, whoIs };
}

test("a session of a given user works, and takes no slot", async () => {
  const { open, whoIs, user, admin } = await givenSessions();
  const { name: username, password, id } = user("svc");

  const { result, diagnostics, renewAt, close } = await open({ username, password });

  expect(diagnostics).toEqual([]);
  expect(result).toMatchObject({ username, password, bearer_token: expect.stringMatching(/^session-v1:/) });
  expect(await whoIs(result?.["bearer_token"])).toBe("svc");
  expect((await admin.get(`/v1/auth/access-tokens/?user=auth_id:${id}`)).body).toMatchObject({ entries: [] });
  expect(renewAt).toBeUndefined();
  expect(await close()).toEqual([]);
});

test("without a user it is another session of the provider's own", async () => {
  const { open, whoIs, simulator } = await givenSessions();
  const before = simulator.requests.length;

  const { result, diagnostics, privateText } = await open();

  expect(diagnostics).toEqual([]);
  expect(result).toMatchObject({ username: "admin", password: null });
  expect(await whoIs(result?.["bearer_token"])).toBe("admin");
  expect(simulator.requests.slice(before).map(({ path }) => path)).toEqual([
    "/v1/session/login",
    "/v1/session/who-am-i",
  ]);
  expect(privateText).toBe("");
});

test("a provider with a bearer token has no login to give", async () => {
  const { admin, simulator, user } = await givenSessions();
  const engine = givenUnconfiguredEngine();
  const made = await admin.post("/v1/auth/access-tokens/", { user: { auth_id: "500" } });
  const withoutLogin = { username: null, password: null, bearer_token: made.field("bearer_token") };
  await engine.configure({ ...reaching(simulator), ...withoutLogin });

  const own = await openEphemeral(engine.server, typeName, {});
  const { name: username, password } = user("svc");
  const given = await openEphemeral(engine.server, typeName, { username, password });

  expect(own.diagnostics).toMatchObject([{ summary: "No login to begin a session with", attribute: ["username"] }]);
  expect(given.diagnostics).toEqual([]);
});

test.each([
  [{ username: "svc" }, ["password"]],
  [{ password: "Canary-Passw0rd" }, ["username"]],
])("half a login (%j) is refused at what is missing", async (given, attribute) => {
  const { open } = await givenSessions();

  const { diagnostics } = await open(given);

  expect(diagnostics).toMatchObject([{ summary: "Incomplete login", attribute }]);
  expect(JSON.stringify(diagnostics)).not.toContain("Canary");
});

test("a login whose parts are decided later is not half a login", async () => {
  const { engine } = await givenSessions();
  const schema = engine.server.schemas.ephemeralResources.get(typeName);
  expect(schema).toBeDefined();

  const { diagnostics } = await openEphemeral(engine.server, typeName, { username: "svc", password: undecided });

  expect(diagnostics.filter(({ summary }) => summary === "Incomplete login")).toEqual([]);
});

test("a wrong password is refused, and not repeated", async () => {
  const { open } = await givenSessions();

  const { diagnostics } = await open({ username: "svc", password: "Canary-Wr0ng" });

  expect(diagnostics).toMatchObject([
    { summary: "Login was rejected", detail: expect.stringContaining("svc"), attribute: ["password"] },
  ]);
  expect(JSON.stringify(diagnostics)).not.toContain("Canary-Wr0ng");
});

test("a cluster that fails is said so", async () => {
  const { open, simulator, user } = await givenSessions({ max_retries: 0 });
  const { name: username, password } = user("svc");
  simulator.failNext({ path: /login/, with: { kind: "status", status: 500 } });

  const { diagnostics } = await open({ username, password });

  expect(diagnostics).toMatchObject([{ severity: "error", summary: "Logging in as svc failed" }]);
});
