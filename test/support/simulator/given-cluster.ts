import { randomUUID } from "node:crypto";
import { Agent, request as sendRequest } from "node:https";
import { afterEach } from "@jest/globals";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../../src/simulator/index.ts";

/** What an exchange came back with. */
export interface Reply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  /** The body decoded; `undefined` when it is empty or no JSON. */
  readonly body: unknown;
  /** The text in a field of the body; throws when there is none. */
  readonly field: (name: string) => string;
}

/** What is sent beside method and path. */
export interface Sent {
  /** Sent as JSON, or as it is when it is a text or a buffer. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One party that speaks to a cluster with one bearer token, or with none. */
export interface Party {
  readonly bearerToken: string | undefined;
  readonly send: (method: string, path: string, sent?: Sent) => Promise<Reply>;
  readonly get: (path: string) => Promise<Reply>;
  readonly post: (path: string, body?: unknown) => Promise<Reply>;
  readonly put: (path: string, body: unknown, ifMatch?: string) => Promise<Reply>;
  readonly patch: (path: string, body: unknown, ifMatch?: string) => Promise<Reply>;
  readonly delete: (path: string, ifMatch?: string) => Promise<Reply>;
}

/** A user whom {@link givenCluster} made. */
export interface GivenUser {
  readonly id: string;
  readonly name: string;
  readonly password: string;
}

/** A signed-in user with a role of their own. */
export interface Holder extends Party {
  readonly user: GivenUser;
  readonly role: string;
}

/** What a test is given. */
export interface GivenCluster {
  readonly simulator: Simulator;
  /** Signed in as `admin`. */
  readonly admin: Party;
  /** Without a bearer token. */
  readonly nobody: Party;
  /** The users asked for, by name. */
  readonly user: (name: string) => GivenUser;
  /** A party with this bearer token, of a session or an access token. */
  readonly bearing: (bearerToken: string) => Party;
  /** Signs a user in. */
  readonly signIn: (username: string, password: string) => Promise<Party>;
  /** Signs in a new user who holds just these privileges, through a role of their own. */
  readonly holderOf: (...privileges: readonly string[]) => Promise<Holder>;
}

/** What a cluster holds in addition to what every cluster has. */
export interface GivenOptions extends SimulatorOptions {
  /** Names of local users in the group Users. */
  readonly localUsers?: readonly string[];
}

const open: { readonly simulator: Simulator; readonly agent: Agent }[] = [];

afterEach(async () => {
  for (const { simulator, agent } of open.splice(0)) {
    agent.destroy();
    await simulator.close();
  }
});

/**
 * Starts a cluster for one test; it is closed after the test.
 *
 * Requests go over real TLS, verified against the cluster's certificate, by an HTTPS client that shares nothing with
 * the project's own.
 */
export async function givenCluster(options: GivenOptions = {}): Promise<GivenCluster> {
  const { localUsers = [], ...simulatorOptions } = options;
  const simulator = await startSimulator(simulatorOptions);
  const agent = new Agent({ keepAlive: true, ca: simulator.certificatePem });
  open.push({ simulator, agent });
  const bearing = (bearerToken?: string): Party => partyWith({ simulator, agent, bearerToken });
  const nobody = bearing();
  const signIn = async (username: string, password: string): Promise<Party> => {
    const reply = await nobody.post("/v1/session/login", { username, password });
    if (reply.status !== 200) throw new Error(`Signing in as ${username} failed: ${reply.text}`);
    return bearing(reply.field("bearer_token"));
  };
  const admin = await signIn(simulator.username, simulator.adminPassword.reveal());
  const users = new Map<string, GivenUser>();
  for (const name of localUsers) users.set(name, await createUser(admin, name));
  return {
    simulator,
    admin,
    nobody,
    bearing,
    signIn,
    user(name) {
      const user = users.get(name);
      if (user === undefined) throw new Error(`No user ${name} was asked for`);
      return user;
    },
    async holderOf(...privileges) {
      const user = await createUser(admin, `holder-${randomUUID()}`);
      const role = `role-${randomUUID()}`;
      await expectOk(admin.post("/v1/auth/roles/", { name: role, description: "", privileges }));
      await expectOk(admin.post(`/v1/auth/roles/${role}/members`, { auth_id: user.id }));
      return { ...(await signIn(user.name, user.password)), user, role };
    },
  };
}

async function createUser(admin: Party, name: string): Promise<GivenUser> {
  const password = `Test-${randomUUID()}`;
  const reply = await expectOk(admin.post("/v1/users/", { name, primary_group: "513", password }));
  return { id: reply.field("id"), name, password };
}

async function expectOk(pending: Promise<Reply>): Promise<Reply> {
  const reply = await pending;
  if (reply.status !== 200) throw new Error(`The cluster refused: ${reply.status} ${reply.text}`);
  return reply;
}

/** Where requests of one party go. */
export interface Line {
  readonly simulator: Pick<Simulator, "host" | "port">;
  readonly agent: Agent;
  readonly bearerToken: string | undefined;
}

/** Speaks to any cluster, also one that {@link givenCluster} did not start. */
export function partyWith(line: Line): Party {
  const send = async (method: string, path: string, sent: Sent = {}): Promise<Reply> =>
    exchange(line, { ...sent, method, path });
  const matching = (body: unknown, ifMatch?: string): Sent => ({
    body,
    headers: ifMatch === undefined ? {} : { "If-Match": ifMatch },
  });
  return {
    bearerToken: line.bearerToken,
    send,
    get: async (path) => send("GET", path),
    post: async (path, body) => send("POST", path, { body }),
    put: async (path, body, ifMatch) => send("PUT", path, matching(body, ifMatch)),
    patch: async (path, body, ifMatch) => send("PATCH", path, matching(body, ifMatch)),
    delete: async (path, ifMatch) => send("DELETE", path, matching(undefined, ifMatch)),
  };
}

async function exchange(line: Line, asked: Sent & { readonly method: string; readonly path: string }): Promise<Reply> {
  const { simulator, agent, bearerToken } = line;
  const authorization = bearerToken === undefined ? {} : { Authorization: `Bearer ${bearerToken}` };
  const content = encode(asked.body);
  return new Promise((resolve, reject) => {
    const request = sendRequest(
      {
        host: simulator.host,
        port: simulator.port,
        agent,
        method: asked.method,
        path: asked.path,
        headers: { "Content-Length": content.length, ...authorization, ...asked.headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve(replyOf({ status: response.statusCode ?? 0, headers: response.headers, text }));
        });
      },
    );
    request.on("error", reject);
    request.end(content);
  });
}

function replyOf(answer: Pick<Reply, "status" | "headers" | "text">): Reply {
  const body = decode(answer.text);
  return {
    ...answer,
    body,
    field(name) {
      const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
      if (typeof value === "string") return value;
      throw new Error(`The answer ${answer.status} has no text in its field ${name}: ${answer.text}`);
    },
  };
}

function encode(body: unknown): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

function decode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
