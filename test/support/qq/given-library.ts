import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach } from "@jest/globals";
import { type GivenCluster, givenCluster, type GivenOptions } from "../simulator/given-cluster.ts";
import { clusterHost } from "./given-qq.ts";
import { getPythonClient } from "./python-client.ts";

/** How a cluster refused, as the library's own exception tells it. */
export interface LibraryRefusal {
  readonly status: number;
  readonly errorClass: string;
  readonly description: string;
  readonly module: string;
  readonly stack: readonly string[];
  readonly userVisible: boolean;
}

/** What a call of the library came to. */
export type LibraryAnswer =
  | { readonly value: unknown }
  | { readonly refusal: LibraryRefusal }
  /** Any other exception, by its class and message. */
  | { readonly exception: string };

/** Qumulo's Python library in a process of its own, connected to a cluster. */
export interface Library {
  /** Calls a function such as `users.add_user` without its first two parameters; arguments by name come last, in `kwargs`. */
  readonly call: (name: string, args?: readonly unknown[], kwargs?: object) => Promise<LibraryAnswer>;
  /** What a function returned. @throws {Error} when it raised an exception */
  readonly value: (name: string, args?: readonly unknown[], kwargs?: object) => Promise<unknown>;
  /** How the cluster refused a call. @throws {Error} when it did not */
  readonly refusal: (name: string, args?: readonly unknown[], kwargs?: object) => Promise<LibraryRefusal>;
}

const processes: ChildProcessWithoutNullStreams[] = [];

afterEach(() => {
  for (const child of processes.splice(0)) child.kill();
});

/** Starts a cluster and the library, signed in to it as its administrator, for one test. */
export async function givenLibrary(
  options: GivenOptions = {},
): Promise<GivenCluster & { readonly library: Library; readonly calls: () => readonly string[] }> {
  const cluster = await givenCluster({ host: clusterHost, ...options });
  const { host, port, requests } = cluster.simulator;
  const { python, env } = getPythonClient();
  const script = path.resolve(__dirname, "../../conformance/library.py");
  const child = spawn(python, [script, host, port.toString()], {
    env: { PATH: process.env["PATH"], TZ: "UTC", PYTHONUTF8: "1", ...env },
  });
  processes.push(child);
  const library = libraryOf(child);
  await library.value("authenticate", [cluster.admin.bearerToken]);
  const before = requests.length;
  const calls = (): readonly string[] =>
    requests.slice(before).map(({ method, path: target, status }) => `${method} ${target} ${status}`);
  return { ...cluster, library, calls };
}

/** An identity as the library's functions take it: its text form, or its fields. */
export function identity(of: string | object): object {
  return { $identity: of };
}

/** A time as the library's functions take it, in ISO 8601. */
export function time(iso: string): object {
  return { $time: iso };
}

function libraryOf(child: ChildProcessWithoutNullStreams): Library {
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  const call: Library["call"] = async (name, args = [], kwargs = {}) => {
    child.stdin.write(`${JSON.stringify({ call: name, args, kwargs })}\n`);
    const line = await nextLine(answers);
    if (line === undefined) throw new Error(`The library's process ended: ${complaints}`);
    // Written by library.py.
    return JSON.parse(line) as LibraryAnswer;
  };
  return {
    call,
    async value(...asked) {
      const answer = await call(...asked);
      if ("value" in answer) return answer.value;
      throw new Error(`${asked[0]} failed: ${JSON.stringify(answer)}`);
    },
    async refusal(...asked) {
      const answer = await call(...asked);
      if ("refusal" in answer) return answer.refusal;
      throw new Error(`${asked[0]} was not refused: ${JSON.stringify(answer)}`);
    },
  };
}

async function nextLine(lines: AsyncIterator<string, undefined>): Promise<string | undefined> {
  const { value } = await lines.next();
  return value;
}
