import { createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import type { Diagnostic } from "../../src/framework/diagnostics.ts";
import type { Simulator } from "../../src/simulator/index.ts";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { type Given, givenEngine, givenUnconfiguredEngine, reaching } from "../support/provider/given-provider.ts";
import { givenProxy } from "../support/simulator/given-proxy.ts";
import { readPage } from "../support/pages/pages.ts";
import { setOfValues } from "../support/provider/values.ts";

const tokenType = "qumulo_access_token";
const login = { username: "admin", password: "Example-Passw0rd" };
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Somebody who listens, and is not a cluster. */
async function givenListener(answer: (socket: Socket) => void): Promise<Given> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    answer(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { host: "127.0.0.1", port: typeof address === "object" && address !== null ? address.port : 0, ...login };
}

async function configure(config: Given): Promise<readonly Diagnostic[]> {
  return givenUnconfiguredEngine().configure({ max_retries: 0, ...config });
}

async function configureFor(
  change: (simulator: Simulator) => Given,
  coreVersion?: string,
): Promise<readonly Diagnostic[]> {
  const { simulator } = await givenCluster(coreVersion === undefined ? {} : { coreVersion });
  return configure({ ...reaching(simulator), ...change(simulator) });
}

async function configureBehind(proxy: string): Promise<readonly Diagnostic[]> {
  return configure({ host: "cluster.example.com", ...login, proxy });
}

/** What an engine is told that creates a second one of what is there. */
async function createTwice(type: string, config: Given): Promise<readonly Diagnostic[]> {
  const engine = await givenEngine((await givenCluster()).simulator);
  await engine.apply(type, config);
  return (await engine.apply(type, config)).errors;
}

async function fillSlots(count: number) {
  const cluster = await givenCluster({ localUsers: ["svc"] });
  const user = { auth_id: cluster.user("svc").id };
  for (let made = 0; made < count; made += 1) await cluster.admin.post("/v1/auth/access-tokens/", { user });
  return { ...cluster, engine: await givenEngine(cluster.simulator) };
}

/** A plan by an account with these privileges alone. */
async function planAs(privileges: readonly string[], type: string, config: Given): Promise<readonly Diagnostic[]> {
  const cluster = await givenCluster({ localUsers: ["svc"] });
  const { user } = await cluster.holderOf(...privileges);
  const engine = await givenEngine(cluster.simulator);
  await engine.configure({ ...reaching(cluster.simulator), username: user.name, password: user.password });
  const { errors, warnings } = await engine.apply(type, config);
  return [...errors, ...warnings];
}

async function overtakeRole(): Promise<readonly Diagnostic[]> {
  const { simulator, admin } = await givenCluster();
  const engine = await givenEngine(simulator);
  const role = (privilege: string) => ({ name: "ops", privileges: setOfValues(privilege) });
  const { kept } = await engine.apply("qumulo_role", role("PRIVILEGE_QUOTA_READ"));
  const meanwhile = async () => admin.patch("/v1/auth/roles/ops", { privileges: ["PRIVILEGE_NFS_EXPORT_READ"] });
  simulator.failNext({ method: "PATCH", path: /roles/, with: { kind: "hold", meanwhile } });
  return (await engine.apply("qumulo_role", role("PRIVILEGE_SNAPSHOT_READ"), kept)).errors;
}

/** Lets the account that runs it leave the role that its rights come from. */
async function leaveOwnRole(): Promise<readonly Diagnostic[]> {
  const cluster = await givenCluster({ localUsers: ["keeper"] });
  const { id, name, password } = cluster.user("keeper");
  const engine = await givenEngine(cluster.simulator);
  const privileges = setOfValues("PRIVILEGE_ROLE_WRITE", "PRIVILEGE_ROLE_READ", "PRIVILEGE_IDENTITY_READ");
  await engine.apply("qumulo_role", { name: "keepers", privileges });
  const { kept } = await engine.apply("qumulo_role_member", { role_name: "keepers", auth_id: id });
  await engine.configure({ ...reaching(cluster.simulator), username: name, password });
  return (await engine.destroy("qumulo_role_member", kept)).errors;
}

/** For each heading of the guide, how somebody comes to see the message. */
const provoke: Readonly<Record<string, () => Promise<readonly Diagnostic[]>>> = {
  "No cluster to connect to": async () => configure(login),
  "No credentials for the cluster": async () => configure({ host: "cluster.example.com" }),
  "Contradicting credentials": async () => configure({ host: "cluster.example.com", ...login, bearer_token: "x" }),
  "Login was rejected": async () => configureFor(() => ({ password: "Wrong-Passw0rd" })),
  "Bearer token was rejected": async () =>
    configureFor(() => ({ username: null, password: null, bearer_token: "access-v1:wrong" })),
  "Cluster certificate is not trusted": async () => configureFor(() => ({ ca_pem: null })),
  "Cluster certificate has another fingerprint": async () =>
    configureFor(() => ({ ca_pem: null, certificate_sha256: "ab".repeat(32) })),
  "Host name cannot be resolved": async () => configure({ host: "cluster.invalid", ...login }),
  "Cluster refused the connection": async () => {
    const nobody = await givenListener(() => undefined);
    for (const server of servers.splice(0)) server.close();
    return configure(nobody);
  },
  "Cluster does not answer": async () =>
    configure({ ...(await givenListener(() => undefined)), request_timeout: "1s" }),
  "Cluster cannot answer now": async () =>
    configureFor((simulator) => {
      simulator.failNext({ path: /version/, with: { kind: "status", status: 503 } });
      return {};
    }),
  "Port does not speak HTTPS": async () =>
    configure(await givenListener((socket) => socket.end("SSH-2.0-OpenSSH\r\n"))),
  "Not a Qumulo cluster": async () =>
    configureFor((simulator) => {
      simulator.failNext({ path: /version/, with: { kind: "status", status: 404 } });
      return {};
    }),
  "Proxy cannot be reached": async () => configureBehind("http://127.0.0.1:9"),
  "Proxy requires a valid login": async () => configureBehind((await givenProxy({ login: "jo:secret" })).url),
  "Proxy refuses to connect to the cluster": async () => configureBehind((await givenProxy({ refusing: 403 })).url),
  "Proxy is not the address of an HTTP proxy": async () => configureBehind("socks5://127.0.0.1:1080"),
  "Qumulo Core is too old": async () => configureFor(() => ({}), "5.2.9"),
  "… exists already": async () => createTwice("qumulo_local_user", { name: "svc", password: "Example-Passw0rd" }),
  "User has two access tokens already": async () =>
    (await (await fillSlots(2)).engine.plan(tokenType, { user: "local:svc" })).warnings,
  "No slot to rotate the access token": async () => {
    const { engine, admin, user } = await fillSlots(0);
    const config = { user: "local:svc", expires_in: "90d" };
    const { kept } = await engine.apply(tokenType, config);
    await admin.post("/v1/auth/access-tokens/", { user: { auth_id: user("svc").id } });
    const read = await engine.refresh(tokenType, kept);
    return (await engine.plan(tokenType, { user: "local:svc" }, read.kept)).warnings;
  },
  "… has changed since the plan was made": overtakeRole,
  "Access token for an administrator": async () =>
    (await (await fillSlots(0)).engine.plan(tokenType, { user: "local:admin" })).errors,
  "Access tokens are not checked for administrators": async () =>
    planAs(["PRIVILEGE_ACCESS_TOKENS_READ", "PRIVILEGE_ACCESS_TOKENS_WRITE", "PRIVILEGE_IDENTITY_READ"], tokenType, {
      user: "local:svc",
    }),
  "This would lock out the account that runs it": leaveOwnRole,
  "Qumulo Core is too old for …": async () => {
    const { simulator } = await givenCluster({ coreVersion: "5.3.0", localUsers: ["svc"] });
    const engine = await givenEngine(simulator);
    return (await engine.plan(tokenType, { user: "local:svc", expires_in: "90d" })).errors;
  },
  "Imported access tokens have no bearer tokens": async () => {
    const { engine, admin } = await fillSlots(1);
    const { body } = await admin.get("/v1/auth/access-tokens/");
    // The shape is the simulator's own.
    const [token] = (body as { readonly entries: readonly { readonly id: string }[] }).entries;
    return (await engine.importById(tokenType, token?.id ?? "")).warnings;
  },
  "… could not be created": async () => planAs([], "qumulo_role", { name: "ops", privileges: setOfValues() }),
};

/** The messages of the guide: its headings of the third level. */
async function readMessages(): Promise<readonly string[]> {
  const guide = await readPage("docs/guides/troubleshooting.md");
  return [...guide.matchAll(/^### (.+)$/gm)].map(([, heading = ""]) => heading);
}

test("the guide to troubleshooting has these messages, and this test has them all", async () => {
  expect(await readMessages()).toEqual(Object.keys(provoke));
});

test.each(Object.keys(provoke))("the provider says: %s", async (message) => {
  const told = (await provoke[message]?.()) ?? [];

  const pattern = new RegExp(`^${message.replaceAll("…", ".+")}$`);
  expect(told.map(({ summary }) => summary)).toContainEqual(expect.stringMatching(pattern));
});
