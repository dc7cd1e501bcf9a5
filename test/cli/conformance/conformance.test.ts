import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import * as v from "valibot";
import type { CommandContext } from "../../../src/cli/command-error.ts";
import { judge } from "../../../src/cli/conformance/judge.ts";
import { probes } from "../../../src/cli/conformance/probes.ts";
import { conformanceSchema } from "../../../src/cli/conformance/render-json.ts";
import { renderText } from "../../../src/cli/conformance/render-text.ts";
import { parseVariations, variationNames } from "../../../src/cli/simulate/variations.ts";
import type { Seed, Simulator } from "../../../src/simulator/index.ts";
import { type GivenCluster, givenCluster, type GivenOptions } from "../../support/simulator/given-cluster.ts";
import { givenFront } from "../../support/simulator/given-front.ts";
import { readCode } from "../../support/pages/pages.ts";
import { environmentOf, runCommand } from "../run-command.ts";
import { givenRunOfTest, probeNamed } from "./given-asking.ts";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A cluster that is in use. No word of its names is one that a report may hold. */
const busy: Seed = {
  version: 1,
  cluster: { name: "zeppelin-lab" },
  groups: [{ name: "zeppelin-crew", members: ["zeppelin-pilot"] }],
  users: [{ name: "zeppelin-pilot", id: "77531", uid: "88642", home_directory: "/zeppelin" }],
  roles: [
    {
      name: "zeppelin-role",
      description: "Zeppelin",
      privileges: ["PRIVILEGE_QUOTA_READ"],
      members: ["local:zeppelin-crew"],
    },
  ],
  access_tokens: [{ user: "local:zeppelin-pilot", id: "99753" }],
};

async function givenConformance(options: GivenOptions = {}) {
  const cluster = await givenCluster(options);
  const env = { ...environmentOf(cluster.simulator), QUMULO_MAX_RETRIES: "0" };
  return {
    ...cluster,
    env,
    conformance: async (args: readonly string[], context: Partial<CommandContext> = {}) =>
      runCommand(["conformance", ...args], { env, ...context }),
  };
}

/** Everything that a cluster has, but for ids that will be given. */
function contents({ exportSeed }: Pick<Simulator, "exportSeed">): unknown {
  const { cluster, ...seed } = exportSeed();
  return { ...seed, cluster: { ...cluster, next_id: undefined } };
}

/** Every write so far. */
function writes({ requests }: Pick<Simulator, "requests">): readonly string[] {
  return requests
    .filter(({ method, path: place }) => method !== "GET" && !/session\/login$|identity\/(find|expand)$/.test(place))
    .map(({ method, path: place }) => `${method} ${place}`);
}

test("a cluster that does as the simulator agrees, stays as it was, and is not named by the report", async () => {
  const { simulator, conformance, env } = await givenConformance({ seed: busy });
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-conformance-"));
  folders.push(folder);
  const file = path.join(folder, "conformance.json");
  const before = contents(simulator);
  const args = (await commandsOfGuide()).find((words) => words.includes("--output")) ?? [];

  const { exitCode, error, ...printed } = await conformance(args.map((word) => (word.endsWith(".json") ? file : word)));

  const out = await readFile(file, "utf8");
  const report = v.parse(conformanceSchema, JSON.parse(out));
  expect(printed.out).toContain(`${probes.length} of ${probes.length} agree, 0 differ, 0 not known, 0 not asked.\n`);
  expect(report.probes.filter(({ result }) => result !== "agrees")).toEqual([]);
  expect([exitCode, report.counts.agrees, report.is_read_only]).toEqual([0, probes.length, false]);
  expect(error).toMatch(
    /^What is made on the cluster has names that begin with qconf-[0-9a-f]{8}-, and is removed again\.\n$/,
  );
  expect(contents(simulator)).toEqual(before);
  const { sid_prefix: sid = "?", id = "?" } = simulator.exportSeed().cluster ?? {};
  const secret = [env.QUMULO_HOST, env.QUMULO_PASSWORD, env.QUMULO_CERTIFICATE_SHA256, sid, id];
  for (const text of ["eppelin", "77531", "88642", "99753", "qconf-", ...secret]) {
    expect(`${out}${printed.out}`).not.toContain(text);
  }
});

/** The arguments of each run of the command in the guide, without the host, which the environment names. */
async function commandsOfGuide(): Promise<readonly (readonly string[])[]> {
  const blocks = await readCode("docs/guides/conformance.md", "sh");
  const lines = blocks.flatMap((block) => block.trim().split("\n")).filter((line) => line.includes(" conformance "));
  return lines.map((line) => line.replace(" --host cluster.example.com", "").split(" ").slice(2));
}

test("the guide's other commands do what it says", async () => {
  const { conformance, simulator } = await givenConformance();
  const [reading = [], ...rest] = (await commandsOfGuide()).filter((words) => !words.includes("--output"));

  const { exitCode } = await conformance(reading);

  expect([exitCode, writes(simulator), rest]).toEqual([0, [], []]);
});

test("--read-only sends nothing that changes a cluster, and what it leaves out does not agree", async () => {
  const { simulator, conformance } = await givenConformance({ seed: busy });

  const { exitCode, out } = await conformance(["--read-only", "--format", "json"]);

  const { counts, questions } = v.parse(conformanceSchema, JSON.parse(out));
  const reads = probes.filter(({ changes }) => !changes).length;
  expect({ exitCode, counts }).toEqual({
    exitCode: 0,
    counts: { agrees: reads, differs: 0, not_known: 0, not_asked: probes.length - reads },
  });
  expect(writes(simulator)).toEqual([]);
  expect(questions.find(({ id }) => id === "third-token")?.result).toBe("not_asked");
});

/** The probe that asks about each variation. */
const askedAbout: Readonly<Record<string, string>> = {
  "administrators-group-holds-role": "administrators-group",
  "empty-unauthorized": "unauthorized",
  "removed-names-linger": "name-of-a-deleted-user",
  "repeated-member-accepted": "role-member-twice",
  "support-role": "built-in-roles",
};

test.each(variationNames)(
  "a cluster that does as --vary %s is told from the simulator, and the flag is named",
  async (name) => {
    const { run } = await givenRunOfTest({ variations: parseVariations([name]) });
    const probe = probeNamed(askedAbout[name] ?? name);
    const asking = { probes: [probe], run, simulatedVersion: "7.8.2", isReadOnly: false, progress: () => undefined };

    const judged = await judge(asking);

    expect(judged).toMatchObject([{ verdict: { kind: "differs", variation: name } }]);
    const report = { ...asking, judged, version: "1.2.3", clusterVersion: "7.8.2" };
    expect(renderText(report, { width: 100, isColored: false })).toContain(
      `The simulator does so with --vary ${name}.`,
    );
  },
);

test("a cluster that answers otherwise is told, with what both have, and nothing of it is named", async () => {
  const { simulator, env } = await givenConformance({ seed: busy });
  const front = await givenFront(simulator, {
    "/v1/users/500": (text) => text.replace('"name":"admin"', '"name":"zeppelin-root","zeppelin":"x"'),
    "/v1/auth/privileges/": (text) => text.replace("{", '{"PRIVILEGE_ZEPPELIN_READ":"Zeppelin",'),
  });
  const reached = {
    ...env,
    QUMULO_PORT: String(front.port),
    QUMULO_CA_PEM: front.ca_pem,
    QUMULO_CERTIFICATE_SHA256: "",
  };

  const text = await runCommand(["conformance", "--read-only"], { env: reached });

  expect(text.exitCode).toBe(1);
  expect(text.out).toContain('admin: the cluster has "(another text)", the simulator "admin"');
  expect(text.out).toContain('fields of a user → (another field): the cluster has "(string)", the simulator nothing');
  expect(text.out).toContain('names → PRIVILEGE_ZEPPELIN_READ: the cluster has "true", the simulator nothing');
  expect(text.out).toMatch(/23 of \d+ agree, 2 differ, 0 not known/);
  expect(text.out).not.toContain("eppelin");
});

test("what an account may not ask is not known, and does not count as agreement", async () => {
  const { env, holderOf, simulator } = await givenConformance();
  const { user } = await holderOf("PRIVILEGE_ROLE_READ");
  const signedIn = { ...env, QUMULO_USERNAME: user.name, QUMULO_PASSWORD: user.password };

  const read = await runCommand(["conformance", "--read-only"], { env: signedIn });
  const all = await runCommand(["conformance", "--yes"], { env: signedIn });

  expect(read.exitCode).toBe(3);
  expect(read.out).toContain("The account that asks is refused GET /v1/users/ with 403.");
  expect(all).toMatchObject({ exitCode: 3, out: "" });
  expect(all.error).toBe("error: Users, groups and roles cannot be listed.\n");
  expect(writes(simulator).filter((write) => write.startsWith("DELETE"))).toEqual([]);
});

test("a request that fails half way leaves nothing behind, and is not known", async () => {
  const { run, simulator } = await givenRunOfTest();
  const asking = { run, simulatedVersion: "7.8.2", isReadOnly: false, progress: () => undefined };
  simulator.failNext({ method: "POST", path: /access-tokens/, when: "after", with: { kind: "reset" } });
  simulator.failNext({ method: "DELETE", path: /users/, with: { kind: "status", status: 503 } });

  const judged = await judge({ ...asking, probes: [probeNamed("third-token"), probeNamed("role-deleted")] });
  const { sweep } = await import("../../../src/cli/conformance/asking/cleaning.ts");
  const left = await sweep(run, run.left);

  expect(judged).toMatchObject([
    { verdict: { kind: "not_known", reason: "POST /v1/auth/access-tokens/ had no answer (outcome-unknown)." } },
    { verdict: { kind: "agrees" } },
  ]);
  expect(left).toEqual({ objects: [], isWhole: true });
  const { users = [], roles = [], access_tokens: tokens = [] } = simulator.exportSeed();
  expect([...users, ...roles].filter(({ name }) => name.startsWith("qconf-"))).toEqual([]);
  expect(tokens).toEqual([]);
});

test("what cannot be removed is named, with the commands that remove it", async () => {
  const { run, simulator } = await givenRunOfTest();
  const { cleanUp } = await import("../../../src/cli/conformance/clean-up.ts");
  simulator.failNext({ method: "DELETE", path: /users|roles/, with: { kind: "status", status: 500 }, times: Infinity });
  const told: string[] = [];

  await judge({
    probes: [probeNamed("role-deleted")],
    run,
    simulatedVersion: "7.8.2",
    isReadOnly: false,
    progress: () => undefined,
  });
  const isClean = await cleanUp(
    run,
    { host: "cluster.example.com", port: 8000 },
    { writeError: (text) => told.push(text) },
  );

  expect(isClean).toBe(false);
  const [user] = simulator.exportSeed().users ?? [];
  expect(told.join("")).toContain("error: not everything could be removed that was made on the cluster. Remove it:\n");
  expect(told.join("")).toContain(
    `  qq --host cluster.example.com --port 8000 auth_delete_user --id ${user?.id ?? "?"}\n`,
  );
  expect(told.join("")).toContain(`auth_delete_role -r ${run.prefix}1\n`);
});

test.each<[string, Partial<CommandContext>, { readonly exitCode: number; readonly message: string }]>([
  [
    "nobody is at a terminal",
    {},
    { exitCode: 2, message: "nobody is at a terminal to agree. Give --yes, or --read-only" },
  ],
  [
    "somebody says no",
    { isInputTerminal: true, stdin: typed("no\n") },
    { exitCode: 3, message: "to go on: error: Nothing" },
  ],
  ["nobody says anything", { isInputTerminal: true, stdin: typed("") }, { exitCode: 3, message: "Nothing was asked" }],
])("nothing is sent when %s", async (_case, context, { exitCode, message }) => {
  const { conformance, simulator } = await givenConformance();
  const before = simulator.requests.length;

  const run = await conformance([], context);

  expect(run).toMatchObject({ exitCode, out: "" });
  expect(run.error).toContain(message);
  expect(simulator.requests.length).toBe(before);
});

test("a person who says yes is not asked again, and a run that is stopped then has removed what it made", async () => {
  const stop = new AbortController();
  let made = 0;
  const cluster: GivenCluster & Awaited<ReturnType<typeof givenConformance>> = await givenConformance({
    onRequest: ({ method }) => {
      if (method === "POST") made += 1;
      if (made === 30) stop.abort();
    },
  });
  const before = contents(cluster.simulator);

  const run = await cluster.conformance([], { isInputTerminal: true, stdin: typed("yes\n"), stop: stop.signal });

  expect(run.exitCode).toBe(3);
  expect(run.error).toContain("Stopping: what was made is removed first.");
  expect(run.out).toContain("The run was stopped.");
  expect(contents(cluster.simulator)).toEqual(before);
});

test("a cluster that cannot be reached is not known", async () => {
  const { env, conformance, simulator } = await givenConformance();
  await simulator.close();

  const run = await conformance(["--read-only"]);

  expect(run).toMatchObject({ exitCode: 3, out: "" });
  expect(run.error).toContain(env.QUMULO_HOST);
});

async function* typed(text: string): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  if (text !== "") yield Buffer.from(text);
}
