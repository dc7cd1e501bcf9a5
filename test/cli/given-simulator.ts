import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { text } from "node:stream/consumers";
import { type CommandRun, runCommand } from "./run-command.ts";

/** A simulator that the command line has started. */
export interface Listening {
  /** What it printed when it listened. */
  readonly printed: string;
  /** Stops it and gives all that it left behind. */
  readonly stop: () => Promise<CommandRun>;
}

/** Starts a simulator on a free port, and waits until it listens; fails with its message when it does not. */
export async function givenSimulator(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Listening> {
  const stop = new AbortController();
  let listening: (printed: string) => void;
  const printed = new Promise<string>((resolve) => (listening = resolve));
  const writeOut = (written: string): void => {
    listening(written);
  };
  const run = runCommand(["simulate", "--port", "0", ...args], { env, stop: stop.signal, writeOut });
  const first = await Promise.race([printed, run.then(async ({ error }) => Promise.reject(new Error(error)))]);
  return {
    printed: first,
    stop: async () => {
      stop.abort();
      return run;
    },
  };
}

/** What `--json` prints. */
export interface Printed {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly ca_file: string;
  readonly username: string;
  readonly password: string;
}

/** Starts a simulator with `--json`, and logs in as admin. */
export async function givenCluster(args: readonly string[]): Promise<
  Printed & {
    readonly send: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: unknown }>;
    readonly stop: Listening["stop"];
  }
> {
  const { printed, stop } = await givenSimulator(["--json", ...args]);
  const line = JSON.parse(printed) as Printed;
  const { username, password } = line;
  const login = { method: "POST", path: "/v1/session/login", body: { username, password } };
  const { bearer_token: bearerToken } = (await exchange(line, login)).body as { bearer_token?: string };
  return {
    ...line,
    send: async (method, path, body) => exchange(line, { method, path, body, bearerToken }),
    stop,
  };
}

/** The status of `GET /v1/version`. */
export async function getStatus(url: string, caFile: string): Promise<number> {
  return (await exchange({ url, ca_file: caFile }, { method: "GET", path: "/v1/version" })).status;
}

async function exchange(
  to: Pick<Printed, "url" | "ca_file">,
  asked: {
    readonly method: string;
    readonly path: string;
    readonly body?: unknown;
    readonly bearerToken?: string | undefined;
  },
): Promise<{ status: number; body: unknown }> {
  const headers = asked.bearerToken === undefined ? {} : { Authorization: `Bearer ${asked.bearerToken}` };
  const ca = await readFile(to.ca_file);
  const sent = request(to.url + asked.path, { method: asked.method, ca, agent: false, headers });
  sent.end(asked.body === undefined ? "" : JSON.stringify(asked.body));
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  const received = await text(answer);
  return { status: answer.statusCode ?? 0, body: received === "" ? undefined : (JSON.parse(received) as unknown) };
}
