import { expect, test } from "@jest/globals";
import { type GivenCluster, givenCluster, type Party, type Reply } from "../support/simulator/given-cluster.ts";
import { findVendorEndpoints } from "../support/provider/vendor-schemas.ts";

/** An answer of the simulator to a request at an endpoint, such as `GET /v1/users/{id}`. */
interface Exchange {
  readonly endpoint: string;
  readonly reply: Reply;
}

type Params = Readonly<Record<string, string>>;

/** A party that remembers what it was answered. */
interface Recorder {
  readonly exchanges: readonly Exchange[];
  readonly ask: (endpoint: string, params?: Params, body?: unknown) => Promise<Reply>;
}

const vendor = findVendorEndpoints();

// Where the vendor's document is not at hand, the tests say so and hold the answers to what is written here.
const measure =
  vendor === undefined
    ? "this file says (the vendor's OpenAPI document, which knows the shapes, is not here)"
    : "the vendor's OpenAPI document says";

/** Described by the vendor, and no part of what is simulated: a cluster is not enlarged by this API alone. */
const beyond = ["POST /v1/cluster/nodes/"];

/** Answered with a refusal as long as single sign-on is not configured. */
const singleSignOn = ["POST /v1/session/start-saml-login", "POST /v1/session/retrieve-saml-login"];

/** Endpoints that answer 200 without a body. */
const silent = [
  "DELETE /v1/auth/access-tokens/{id}",
  "DELETE /v1/auth/roles/{role_name}",
  "DELETE /v1/auth/roles/{role_name}/members/{member_id}",
  "DELETE /v1/groups/{group_id}/members/{member_id}",
  "DELETE /v1/groups/{id}",
  "DELETE /v1/users/{id}",
  "POST /v1/auth/clear-cache",
  "POST /v1/session/change-password",
  "POST /v1/users/{id}/setpassword",
];

/** Endpoints for everyone, with a request that succeeds without a bearer token. */
const unguarded = ["GET /v1/cluster/settings", "GET /v1/node/state", "GET /v1/version", "POST /v1/session/login"];

function recorderOf(party: Party): Recorder {
  const exchanges: Exchange[] = [];
  return {
    exchanges,
    async ask(endpoint, params = {}, body) {
      const [method = "", template = ""] = endpoint.split(" ");
      const path = template.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(params[name] ?? "1"));
      const reply = await party.send(method, path, body === undefined ? {} : { body });
      exchanges.push({ endpoint, reply });
      return reply;
    },
  };
}

const password = "Test-Passw0rd";

async function useUsersAndGroups({ ask }: Recorder): Promise<void> {
  const id = (await ask("POST /v1/users/", {}, { name: "svc", primary_group: "513", uid: "5001", password })).field(
    "id",
  );
  const user = { id, name: "svc-2", primary_group: "513", uid: "", home_directory: "/home/svc", password: null };
  const group_id = (await ask("POST /v1/groups/", {}, { name: "robots", gid: "7001" })).field("id");
  await ask("PUT /v1/users/{id}", { id }, user);
  await ask("GET /v1/users/");
  await ask("GET /v1/users/{id}", { id });
  await ask("POST /v1/users/{id}/setpassword", { id }, { new_password: "Other-Passw0rd" });
  await ask("PUT /v1/groups/{id}", { id: group_id }, { id: group_id, name: "automation", gid: "" });
  await ask("GET /v1/groups/");
  await ask("GET /v1/groups/{id}", { id: group_id });
  await ask("POST /v1/groups/{group_id}/members/", { group_id }, { member_id: id });
  await ask("GET /v1/groups/{group_id}/members/", { group_id });
  await ask("GET /v1/users/{id}/groups/", { id });
  await ask("DELETE /v1/groups/{group_id}/members/{member_id}", { group_id, member_id: id });
  await ask("DELETE /v1/groups/{id}", { id: group_id });
  await ask("DELETE /v1/users/{id}", { id });
}

async function useRoles({ ask }: Recorder): Promise<void> {
  const role_name = "quotas";
  const privileges = ["PRIVILEGE_QUOTA_READ"];
  await ask("POST /v1/auth/roles/", {}, { name: role_name, description: "", privileges });
  await ask("PUT /v1/auth/roles/{role_name}", { role_name }, { description: "", privileges: [] });
  await ask("PATCH /v1/auth/roles/{role_name}", { role_name }, { privileges });
  await ask("GET /v1/auth/roles/{role_name}", { role_name });
  await ask("GET /v1/auth/roles/");
  await ask("GET /v1/auth/privileges/");
  for (const member of [{ auth_id: "500" }, { uid: 5001 }, { gid: 7001 }, { name: "Everyone" }]) {
    await ask("POST /v1/auth/roles/{role_name}/members", { role_name }, member);
  }
  await ask("GET /v1/auth/roles/{role_name}/members", { role_name });
  await ask("GET /v1/auth/roles/{role_name}/members/{member_id}", { role_name, member_id: "500" });
  await ask("DELETE /v1/auth/roles/{role_name}/members/{member_id}", { role_name, member_id: "500" });
  await ask("DELETE /v1/auth/roles/{role_name}", { role_name });
}

/** @returns the bearer token of an access token that stays */
async function useAccessTokens({ ask }: Recorder): Promise<string> {
  const user = { auth_id: "500" };
  const kept = await ask("POST /v1/auth/access-tokens/", {}, { user });
  const created = await ask("POST /v1/auth/access-tokens/", {}, { user, expiration_time: "2030-01-20T00:00:00Z" });
  const id = created.field("id");
  await ask("PATCH /v1/auth/access-tokens/{id}", { id }, { enabled: false });
  await ask("GET /v1/auth/access-tokens/{id}", { id });
  await ask("GET /v1/auth/access-tokens/");
  await ask("DELETE /v1/auth/access-tokens/{id}", { id });
  return kept.field("bearer_token");
}

async function useTheRest({ ask }: Recorder, adminPassword: string): Promise<void> {
  for (const path of ["/v1/identity", "/v1/auth/identity"]) {
    for (const id of [{ name: "admin" }, { uid: 5001 }, { gid: 7001 }, { name: "Everyone" }, { auth_id: "4711" }]) {
      await ask(`POST ${path}/find`, {}, id);
      await ask(`POST ${path}/expand`, {}, { id });
    }
  }
  await ask("POST /v1/auth/clear-cache");
  await ask("POST /v1/session/login", {}, { username: "admin", password: adminPassword });
  await ask("GET /v1/session/who-am-i");
  await ask("GET /v1/session/roles");
  await ask("POST /v1/session/change-password", {}, { old_password: adminPassword, new_password: adminPassword });
  await ask("GET /v1/version");
  await ask("GET /v1/node/state");
  await ask("PUT /v1/cluster/settings", {}, { cluster_name: "demo" });
  await ask("GET /v1/cluster/settings");
  await ask("GET /v1/cluster/nodes/");
  await ask("GET /v1/cluster/nodes/{id}", { id: "1" });
}

/** Has every endpoint answer with success at least once. */
async function useEverything({ admin, bearing, simulator }: GivenCluster): Promise<readonly Exchange[]> {
  const recorder = recorderOf(admin);
  await useUsersAndGroups(recorder);
  await useRoles(recorder);
  const bearerToken = await useAccessTokens(recorder);
  await useTheRest(recorder, simulator.adminPassword.reveal());
  const holder = recorderOf(bearing(bearerToken));
  await holder.ask("GET /v1/session/who-am-i");
  return [...recorder.exchanges, ...holder.exchanges];
}

test(`every endpoint answers as ${measure}`, async () => {
  const cluster = await givenCluster();

  const exchanges = await useEverything(cluster);

  const faults = exchanges.map(({ endpoint, reply: { status, text, body } }) => {
    const isEmpty = silent.includes(endpoint);
    if (status !== 200 || isEmpty !== (text === "")) return `${endpoint}: ${status} ${text}`;
    const fault = vendor?.get(endpoint)?.faultOf(body) ?? "";
    return fault === "" ? "" : `${endpoint}: ${fault}`;
  });
  expect(faults.filter((fault) => fault !== "")).toEqual([]);
  expect(cluster.simulator.defects).toEqual([]);
  const used = new Set(exchanges.map(({ endpoint }) => endpoint));
  const known = [...(vendor?.keys() ?? silent)];
  expect(known.filter((endpoint) => ![...used, ...beyond, ...singleSignOn].includes(endpoint))).toEqual([]);
});

test(`a bearer token is needed exactly where ${measure}`, async () => {
  const cluster = await givenCluster();
  const endpoints = new Set((await useEverything(cluster)).map(({ endpoint }) => endpoint));
  const { exchanges, ask } = recorderOf(cluster.nobody);

  for (const endpoint of [...endpoints, ...singleSignOn]) await ask(endpoint, {}, {});

  for (const { endpoint, reply } of exchanges) {
    const isGuarded = vendor?.get(endpoint)?.isGuarded ?? ![...unguarded, ...singleSignOn].includes(endpoint);
    expect({ endpoint, isGuarded: reply.status === 401 }).toEqual({ endpoint, isGuarded });
  }
});

test("whoever holds no privilege is refused wherever one is needed", async () => {
  const cluster = await givenCluster();
  const endpoints = new Set((await useEverything(cluster)).map(({ endpoint }) => endpoint));
  const holder = await cluster.holderOf();
  const { exchanges, ask } = recorderOf(holder);

  for (const endpoint of endpoints) await ask(endpoint, { role_name: "Observers" }, {});

  const open = exchanges.filter(({ reply }) => reply.status !== 403).map(({ endpoint }) => endpoint);
  const ofOneself = ["GET /v1/session/roles", "GET /v1/session/who-am-i", "POST /v1/session/change-password"];
  // Whose access token it is decides; the body and the id here are nobody's.
  const ofTokens = ["DELETE", "GET", "PATCH"].map((method) => `${method} /v1/auth/access-tokens/{id}`);
  expect(open.sort()).toEqual([...unguarded, ...ofOneself, ...ofTokens, "POST /v1/auth/access-tokens/"].sort());
});

test("every refusal has the fields that Qumulo's client reads", async () => {
  const cluster = await givenCluster();
  const endpoints = new Set((await useEverything(cluster)).map(({ endpoint }) => endpoint));
  const recorders = [recorderOf(cluster.nobody), recorderOf(await cluster.holderOf()), recorderOf(cluster.admin)];
  const nowhere = { id: "4711", group_id: "4711", member_id: "4711", role_name: "nobody" };

  for (const { ask } of recorders) {
    for (const endpoint of [...endpoints, ...singleSignOn]) {
      await ask(endpoint, nowhere, "{");
      await ask(endpoint.replace(/^\w+/, "OPTIONS"), nowhere);
      await ask(`${endpoint}/nowhere`, nowhere);
    }
  }

  const refusals = recorders.flatMap(({ exchanges }) => exchanges).filter(({ reply }) => reply.status !== 200);
  expect(new Set(refusals.map(({ reply }) => reply.status))).toEqual(new Set([400, 401, 403, 404, 405]));
  for (const { endpoint, reply } of refusals) {
    expect({ endpoint, type: reply.headers["content-type"], ...(reply.body as object) }).toEqual({
      endpoint,
      type: "application/json",
      error_class: expect.stringMatching(/^[a-z_]+_error$/),
      description: expect.stringMatching(/\S/),
      module: expect.stringMatching(/\S/),
      stack: [],
      user_visible: expect.any(Boolean),
    });
  }
  expect(cluster.simulator.defects).toEqual([]);
});
