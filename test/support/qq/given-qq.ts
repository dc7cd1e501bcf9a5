import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach } from "@jest/globals";
import { type GivenCluster, givenCluster, type GivenOptions, type Party } from "../simulator/given-cluster.ts";
import { getPythonClient } from "./python-client.ts";
import { runQqFromServer } from "./qq-server.ts";

/** What a run of `qq` came to. */
export interface QqOutcome {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The calls that reached the cluster meanwhile, in order, such as `GET /v1/users/ 200`. */
  readonly calls: readonly string[];
}

/** What else a run of `qq` is given. */
export interface QqSurroundings {
  readonly args: readonly string[];
  /** Sent to its standard input, which is empty otherwise. */
  readonly input?: string;
  /** What a person types who reads what it has printed so far, in place of `input`; nothing yet when `undefined`. */
  readonly reply?: (printed: string) => string | undefined;
  /** Beside what every run has. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `qq` against the cluster. */
export type Qq = (...args: readonly string[]) => Promise<QqOutcome>;

/** A cluster, and `qq` signed in to it as its administrator. */
export interface GivenQq extends GivenCluster {
  /** The home folder of `qq`. */
  readonly home: string;
  /** Where `qq` keeps the credentials of this cluster. */
  readonly credentialsFile: string;
  readonly qq: Qq;
  readonly runQq: (surroundings: QqSurroundings) => Promise<QqOutcome>;
  /** `qq` with the bearer token of somebody else. */
  readonly qqOf: (party: Pick<Party, "bearerToken">) => Promise<Qq>;
  /** Writes a file into the home folder. @returns its path */
  readonly file: (name: string, content: string) => Promise<string>;
}

/**
 * An address of this machine at which `qq` behaves as it does with a cluster: as root, it binds a privileged port of its
 * own to speak to 127.0.0.1.
 */
export const clusterHost = process.getuid?.() === 0 ? "127.0.0.2" : "127.0.0.1";

const homes: string[] = [];

afterEach(async () => {
  for (const home of homes.splice(0)) await rm(home, { recursive: true, force: true });
});

/** Starts a cluster for one test, with a home folder in which `qq` is signed in to it; both go away after the test. */
export async function givenQq(options: GivenOptions = {}): Promise<GivenQq> {
  const cluster = await givenCluster({ host: clusterHost, ...options });
  const home = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-conformance-"));
  homes.push(home);
  const { host, port } = cluster.simulator;
  const credentials = path.join(home, "config", "qumulo", "credentials");
  const credentialsFile = path.join(credentials, `${host}_${port}`);
  const file = async (name: string, content: string): Promise<string> => {
    const place = path.join(home, name);
    await writeFile(place, content);
    return place;
  };
  const runQq = async (surroundings: QqSurroundings): Promise<QqOutcome> => runIn({ cluster, home }, surroundings);
  const qq: Qq = async (...args) => runQq({ args });
  await mkdir(credentials, { recursive: true });
  await writeFile(credentialsFile, credentialsOf(cluster.admin));
  return {
    ...cluster,
    home,
    credentialsFile,
    qq,
    runQq,
    file,
    async qqOf(party) {
      const store = await file(`credentials-${homes.length}-${Math.random()}`, credentialsOf(party));
      return async (...args) => qq("--credentials-store", store, ...args);
    },
  };
}

/** The JSON values that `qq` prints one after another, most of them below a line of text that says what they are. */
export function printedValues(stdout: string): readonly unknown[] {
  const texts = stdout.split(/^[A-Z][^\n]*?:\s*(?=[[{\n])/m).filter((text) => text.trim() !== "");
  return texts.map((text): unknown => JSON.parse(text));
}

function credentialsOf({ bearerToken }: Pick<Party, "bearerToken">): string {
  return JSON.stringify({ version: 1, bearer_token: bearerToken });
}

interface Place {
  readonly cluster: GivenCluster;
  readonly home: string;
}

async function runIn(place: Place, surroundings: QqSurroundings): Promise<QqOutcome> {
  const { host, port, requests } = place.cluster.simulator;
  const callsBefore = requests.length;
  const args = ["--host", host, "--port", port.toString(), "--timeout", "30", ...surroundings.args];
  const { reply } = surroundings;
  const outcome =
    reply === undefined
      ? await runWithFiles(place, { ...surroundings, args })
      : await runWithPipes(place, { ...surroundings, args, reply });
  const calls = requests.slice(callsBefore).map(({ method, path: target, status }) => `${method} ${target} ${status}`);
  return { ...outcome, calls };
}

/** Nothing of the person who runs the tests: no home, no time zone, no language. */
function environmentIn({ home }: Place, env: QqSurroundings["env"]): Record<string, string | undefined> {
  return {
    PATH: process.env["PATH"],
    HOME: home,
    XDG_CONFIG_HOME: path.join(home, "config"),
    TZ: "UTC",
    PYTHONUTF8: "1",
    ...getPythonClient().env,
    ...env,
  };
}

async function runWithFiles(
  place: Place,
  { args, input = "", env }: QqSurroundings,
): Promise<Omit<QqOutcome, "calls">> {
  const folder = await mkdtemp(path.join(place.home, ".run-"));
  const [stdin, stdout, stderr] = ["stdin", "stdout", "stderr"].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(stdin, input);
  const run = { args, cwd: place.home, env: environmentIn(place, env), stdin, stdout, stderr };
  const exitCode = await runQqFromServer(run);
  const [out, error] = await Promise.all([stdout, stderr].map(async (file) => readFile(file, "utf8")));
  return { exitCode, stdout: out ?? "", stderr: error ?? "" };
}

/** A process all of its own, which can be answered while it runs. */
async function runWithPipes(
  place: Place,
  { args, reply, env }: QqSurroundings & Required<Pick<QqSurroundings, "reply">>,
): Promise<Omit<QqOutcome, "calls">> {
  const { python, qq } = getPythonClient();
  const child = spawn(python, [qq, ...args], { cwd: place.home, env: environmentIn(place, env) });
  const texts = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (texts.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (texts.stderr += text));
  // A command that reads no input may be gone before it is written.
  child.stdin.on("error", () => undefined);
  child.stdout.on("data", () => {
    const typed = child.stdin.writableEnded ? undefined : reply(texts.stdout);
    if (typed !== undefined) child.stdin.end(`${typed}\n`);
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { exitCode, ...texts };
}
