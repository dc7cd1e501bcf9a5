import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import * as v from "valibot";
import { type JsonReport, reportSchema } from "../../../src/audit/report/json-report.ts";
import { parsePlanArguments } from "../../../src/cli/audit/plan-arguments.ts";
import { holder, newHolder, planOf } from "../../support/plans/plan-builder.ts";
import { type CommandRun, runCommand } from "../run-command.ts";

const plans = path.resolve(__dirname, "../../audit/plans");
const secret = /Canary|access-v1:|session-v1:/;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-fleet-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function written(name: string, value: unknown): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, typeof value === "string" ? value : JSON.stringify(value));
  return file;
}

const onHost = (host: string, changes: Parameters<typeof planOf>[0]): unknown =>
  planOf(changes, {
    configuration: { provider_config: { qumulo: { name: "qumulo", expressions: { host: { constant_value: host } } } } },
  });

async function auditRecorded(engine: string, ...args: readonly string[]): Promise<CommandRun> {
  const files = ["rights", "accounts", "west"].map((name) => `${name}=${plans}/${engine}-fleet-${name}.json`);
  return runCommand(["audit", ...files, ...args]);
}

function parsed({ out }: CommandRun): JsonReport {
  return v.parse(reportSchema, JSON.parse(out));
}

describe.each(["opentofu", "terraform"])("three plans of %s", (engine) => {
  test("make one report in each form, with the name of each plan and no secret", async () => {
    for (const format of ["text", "markdown", "json", "sarif", "junit", "github", "html"]) {
      const { exitCode, out, error } = await auditRecorded(engine, "--format", format);

      expect([format, exitCode, error]).toEqual([format, 1, ""]);
      expect(out).toContain("rights: qumulo_role.keepers");
      expect(out).toContain("west: provider.qumulo");
      expect(out).not.toMatch(secret);
    }
  });

  test("have one verdict, and each its own", async () => {
    const report = parsed(await auditRecorded(engine, "--format", "json"));

    expect(report.verdict).toBe("findings");
    expect(report.plans?.map(({ name, verdict, counts }) => [name, verdict, counts.critical])).toEqual([
      ["rights", "findings", 1],
      ["accounts", "findings", 1],
      ["west", "findings", 0],
    ]);
    expect(report.counts.critical).toBe(1);
  });

  test("have one baseline, which accepts only what it names in the plan that it names", async () => {
    const file = path.join(folder, "baseline.json");
    await auditRecorded(engine, "--write-baseline", file);
    const entries = JSON.parse((await readFile(file, "utf8")).replaceAll('"reason": ""', '"reason": "known"')) as {
      entries: { rule: string }[];
    };
    await writeFile(file, JSON.stringify(entries));
    const all = await auditRecorded(engine, "--baseline", file, "--fail-on", "low");
    const alone = await runCommand([
      "audit",
      `${plans}/${engine}-fleet-west.json`,
      ...["--baseline", file, "--fail-on", "low"],
    ]);

    expect([all.exitCode, alone.exitCode]).toEqual([0, 1]);
    expect(all.out).toContain("accepted by the baseline");
  });
});

test("a comment has the sum of each plan in a table, and says once what is wrong", async () => {
  const { out } = await auditRecorded("opentofu", "--format", "markdown", "--name", "fleet");

  expect(out).toMatch(/^<!-- cdktf-qumulo audit fleet -->\n/);
  expect(out).toContain("### 3 plans");
  expect(out).toMatch(/\| <code>rights<\/code> \| \*\*Not clean\.\*\* \|/);
  expect(out.match(/local:svc can gain further rights/g)).toHaveLength(1);
});

test("one that cannot be read makes the status 2 and is named, and the others are told", async () => {
  const good = await written("good.json", onHost("east", newHolder("ROLE_WRITE")));
  const bad = await written("bad.json", "# no JSON");
  const missing = path.join(folder, "missing.json");

  const { exitCode, out, error } = await runCommand(["audit", good, bad, missing]);

  expect(exitCode).toBe(2);
  expect(out).toContain("CRITICAL escalating-privilege good: qumulo_role.svc");
  expect(out).toContain("bad: Could not be read.");
  expect(error).toContain(`bad: ${bad}: This is not JSON.`);
  expect(error).toContain(`missing: ${missing} cannot be read`);
  expect(error).toContain("2 of 3 could not be read. The report is about the others.");
});

test("no baseline is written while one cannot be read, and nothing is told where none can", async () => {
  const good = await written("good.json", onHost("east", newHolder("ROLE_WRITE")));
  const bad = await written("bad.json", "");
  const worse = await written("worse.json", "[]");
  const baseline = path.join(folder, "baseline.json");

  const some = await runCommand(["audit", good, bad, "--write-baseline", baseline]);
  const none = await runCommand(["audit", bad, worse]);

  expect(some.exitCode).toBe(2);
  await expect(readFile(baseline)).rejects.toThrow("ENOENT");
  expect([none.exitCode, none.out]).toEqual([2, ""]);
  expect(none.error).toContain("bad: ");
  expect(none.error).toContain("worse: ");
});

test("standard input is one of several, called stdin", async () => {
  const file = await written("a.json", onHost("east", holder("QUOTA_READ")));
  const stdin = Readable.from([JSON.stringify(onHost("west", newHolder("ROLE_WRITE")))]);

  const { exitCode, out } = await runCommand(["audit", file, "-"], { stdin });

  expect(exitCode).toBe(1);
  expect(out).toContain("stdin: qumulo_role.svc");
});

test("places in SARIF are in the file of each plan", async () => {
  const { out } = await auditRecorded("opentofu", "--format", "sarif");
  const log = JSON.parse(out) as {
    runs: { results: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[] }[];
  };

  const files = log.runs[0]?.results.map(({ locations }) =>
    path.basename(locations[0]?.physicalLocation.artifactLocation.uri ?? ""),
  );
  expect(new Set(files)).toEqual(new Set(["rights", "accounts", "west"].map((name) => `opentofu-fleet-${name}.json`)));
});

describe("what is refused with status 2 before anything is read", () => {
  test.each<readonly [string, readonly string[], string]>([
    ["a file twice", ["a.json", "./a.json"], "./a.json is given twice."],
    ["standard input twice", ["-", "x=-"], "Standard input is given twice."],
    ["a name twice", ["x=a.json", "x=b.json"], "Two plans are called x."],
    ["a name and no file", ["x=", "b.json"], "names no file"],
    ["a name that is none", ["x y=a.json", "b.json"], "cannot be the name of a plan"],
    ["more than a hundred", Array.from({ length: 101 }, (_, index) => `${index}.json`), "100 at most"],
    ["--redact", ["a.json", "b.json", "--redact", "c.json"], "--redact writes a copy of one plan."],
    ["--config", ["a.json", "b.json", "--config", "."], "--config is the folder of one configuration."],
  ])("%s", async (_case, args, message) => {
    const { exitCode, out, error } = await runCommand(["audit", ...args]);

    expect([exitCode, out]).toEqual([2, ""]);
    expect(error).toContain(message);
  });

  test("the same content twice, and a plan beside a state", async () => {
    const plan = await written("a.json", onHost("east", holder("QUOTA_READ")));
    await symlink(plan, path.join(folder, "b.json"));
    const state = await written("s.json", { format_version: "1.0", values: { root_module: {} } });

    const same = await runCommand(["audit", plan, path.join(folder, "b.json")]);
    const mixed = await runCommand(["audit", plan, state]);
    const compared = await runCommand(["audit", plan, `x=${plans}/opentofu-fleet-west.json`, "--compare", plan]);

    expect([same.exitCode, same.out]).toEqual([2, ""]);
    expect(same.error).toContain("have the same content");
    expect([mixed.exitCode, mixed.out]).toEqual([2, ""]);
    expect(mixed.error).toContain("a is a plan, and s is a state");
    expect([compared.exitCode, compared.out]).toEqual([2, ""]);
    expect(compared.error).toContain("several are audited");
  });
});

test.each<readonly [readonly string[], readonly string[]]>([
  [
    ["a.json", "b.json"],
    ["a", "b"],
  ],
  [
    ["plans/east.json", "plans/west.json"],
    ["east", "west"],
  ],
  [
    ["accounts/east/plan.json", "accounts/west/plan.json"],
    ["east", "west"],
  ],
  [
    ["cdktf.out/stacks/east/plan.json", "cdktf.out/stacks/west/plan.json"],
    ["east", "west"],
  ],
  [
    ["east/a/plan.json", "west/b/plan.json"],
    ["east/a", "west/b"],
  ],
  [
    ["plan.json", "west/plan.json"],
    ["plan", "west"],
  ],
  [
    ["../a/plan.json", "/b/c/plan.json"],
    ["a", "b/c"],
  ],
  [
    ["one two.json", "b.json"],
    ["one-two", "b"],
  ],
  [
    ["first=a/plan.json", "b/plan.json"],
    ["first", "plan"],
  ],
  [
    ["-", "b.json"],
    ["stdin", "b"],
  ],
  [["x=only.json"], ["x"]],
  [
    ["./a=b.json", "c.json"],
    ["a-b", "c"],
  ],
])("%j are called %j", (texts, names) => {
  const given = parsePlanArguments(texts);

  expect(given.kind === "fleet" ? given.plans.map(({ name }) => name) : []).toEqual(names);
});

test("the command in docs/audit/several-plans.md makes a comment about both plans", async () => {
  const page = await readFile(path.resolve(__dirname, "../../../docs/audit/several-plans.md"), "utf8");
  const [, command = ""] = /```sh\ncdktf-qumulo (.+)\n```/.exec(page) ?? [];
  for (const name of ["east", "west"]) await written(`${name}/plan.json`, onHost(name, newHolder("ROLE_WRITE")));
  const args = command.replaceAll(/(?<=[ =])(?=east\/|west\/|comment)/g, `${folder}/`).split(" ");

  const { exitCode, error } = await runCommand(args);

  expect([exitCode, error]).toEqual([1, ""]);
  const comment = await readFile(path.join(folder, "comment.md"), "utf8");
  expect(comment).toContain("<code>east: qumulo_role.svc</code>");
  expect(comment).toContain("<code>west: qumulo_role.svc</code>");
});

test("one file without a name is what it always was", () => {
  expect(parsePlanArguments(["plan.json"])).toEqual({ kind: "one", file: "plan.json" });
});
