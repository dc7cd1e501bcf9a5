import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Pool } from "undici";

const program = path.resolve(import.meta.dirname, "../../dist/cdktf-qumulo.js");
/** Users without access tokens: those that are created and deleted again are theirs, one user for each connection. */
const connections = 8;
const tokensPerUser = 2;

/** A simulated cluster in a process of its own, filled with access tokens, and connections to it. */
export interface BenchCluster {
  /** From spawn to the line that says it listens, in milliseconds: filling included. */
  readonly startMs: number;
  /** Reads access tokens by id, or creates and deletes some, on all connections for so long; requests per second. */
  readonly measure: (kind: Workload, forMs: number) => Promise<number>;
  readonly close: () => Promise<void>;
}

/** What is measured. */
export type Workload = "read" | "create and delete";

/** What the program prints when it listens. */
export interface Listening {
  readonly url: string;
  readonly ca_file: string;
  readonly username: string;
  readonly password: string;
}

type Send = (method: "GET" | "POST" | "DELETE", target: string, body?: unknown) => Promise<unknown>;

/**
 * Starts `simulate` with a seed of so many access tokens.
 *
 * @param folder - where its files may stand
 * @param storage - whether it keeps its cluster on disk
 */
export async function startBenchCluster(
  folder: string,
  asked: { readonly tokens: number; readonly storage: "memory" | "disk" },
): Promise<BenchCluster> {
  const { tokens, storage } = asked;
  const name = `${storage}-${tokens}`;
  const seed = path.join(folder, `${name}.json`);
  await writeFile(seed, JSON.stringify(seedOf(tokens)));
  const data = storage === "disk" ? ["--data", path.join(folder, name)] : [];
  const { child, line, startMs } = await startSimulator(["--seed", seed, ...data]);
  const pool = new Pool(line.url, { connections, connect: { ca: await readFile(line.ca_file, "utf8") } });
  const send = await signIn(pool, line);
  const stored = await listTokenIds(send);
  if (stored.length !== tokens) throw new Error(`${name} holds ${stored.length} access tokens instead of ${tokens}.`);
  return {
    startMs,
    measure: async (kind, forMs) => measure(send, { kind, forMs, stored }),
    async close() {
      await pool.destroy();
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

/** A seed in which nobody knows a password or a bearer token; making those up would take long, and nobody asks. */
export function seedOf(tokens: number): object {
  const owners = Array.from({ length: Math.ceil(tokens / tokensPerUser) }, (_, index) => `owner-${index}`);
  const spares = Array.from({ length: connections }, (_, index) => `spare-${index}`);
  return {
    version: 1,
    users: [...owners, ...spares].map((name) => ({ name })),
    access_tokens: Array.from({ length: tokens }, (_, index) => ({
      user: `local:owner-${Math.floor(index / tokensPerUser)}`,
    })),
  };
}

/** Tells what it has used of the processor, whenever it is asked. */
const telling = `data:text/javascript,process.on("message",()=>process.send(process.cpuUsage()));process.channel.unref()`;

/** How much of the processor a simulator has used since it was started, in milliseconds. */
export async function cpuMsOf(child: ChildProcess): Promise<number> {
  const told = once(child, "message");
  child.send("tell");
  // Sent by the line above.
  const [{ user, system }] = (await told) as [NodeJS.CpuUsage];
  return (user + system) / 1_000;
}

/** Starts `simulate` and waits for its line; the process ends with SIGTERM. */
export async function startSimulator(flags: readonly string[]): Promise<{
  readonly child: ChildProcess;
  readonly line: Listening;
  readonly startMs: number;
}> {
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", telling, program, "simulate", "--json", "--port", "0", ...flags], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  let text = "";
  const { stdout } = child;
  if (stdout === null) throw new Error("simulate has no output.");
  stdout.setEncoding("utf8");
  // The stream stays open behind the line: closing it would end the program.
  for await (const chunk of stdout.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (text.includes("\n")) break;
  }
  const startMs = performance.now() - started;
  if (!text.includes("\n")) throw new Error(`simulate ended instead of listening; it said: ${text}`);
  // Our own program's output.
  return { child, line: JSON.parse(text) as Listening, startMs };
}

async function signIn(pool: Pool, { username, password }: Listening): Promise<Send> {
  const headers: Record<string, string> = { "content-type": "application/json" };
  const send: Send = async (method, target, body) => {
    const sent = body === undefined ? null : JSON.stringify(body);
    const answer = await pool.request({ method, path: target, headers, body: sent });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${method} ${target} is answered ${answer.statusCode}: ${text}`);
    const decoded: unknown = text === "" ? undefined : JSON.parse(text);
    return decoded;
  };
  const session = await send("POST", "/v1/session/login", { username, password });
  headers["authorization"] = `Bearer ${textIn(session, "bearer_token")}`;
  return send;
}

async function listTokenIds(send: Send): Promise<readonly string[]> {
  const ids: string[] = [];
  let next = "/v1/auth/access-tokens/";
  while (next !== "") {
    // The client's own reading of answers is not what is measured here.
    const page = (await send("GET", next)) as {
      readonly entries: readonly { readonly id: string }[];
      readonly paging: { readonly next: string };
    };
    ids.push(...page.entries.map(({ id }) => id));
    ({ next } = page.paging);
  }
  return ids;
}

async function measure(
  send: Send,
  asked: { readonly kind: Workload; readonly forMs: number; readonly stored: readonly string[] },
): Promise<number> {
  const { kind, forMs, stored } = asked;
  const started = performance.now();
  let requests = 0;
  const connection = async (number: number): Promise<void> => {
    // A prime stride visits tokens all over the store.
    for (let turn = number; performance.now() - started < forMs; turn += connections) {
      if (kind === "read") await send("GET", `/v1/auth/access-tokens/${stored[(turn * 7919) % stored.length] ?? ""}`);
      else await createAndDelete(send, `spare-${number}`);
      requests += kind === "read" ? 1 : 2;
    }
  };
  await Promise.all(Array.from({ length: connections }, async (_, number) => connection(number)));
  return (requests / (performance.now() - started)) * 1_000;
}

async function createAndDelete(send: Send, name: string): Promise<void> {
  const token = await send("POST", "/v1/auth/access-tokens/", { user: { domain: "LOCAL", name } });
  await send("DELETE", `/v1/auth/access-tokens/${textIn(token, "id")}`);
}

function textIn(value: unknown, field: string): string {
  const text: unknown = typeof value === "object" && value !== null ? Reflect.get(value, field) : undefined;
  if (typeof text === "string") return text;
  throw new Error(`An answer has no text in ${field}.`);
}
