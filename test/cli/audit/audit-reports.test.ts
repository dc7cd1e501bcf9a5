import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { newHolder, planOf } from "../../support/plans/plan-builder.ts";
import { runCommand } from "../run-command.ts";

let folder: string;
let plan: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-reports-"));
  plan = path.join(folder, "plan.json");
  await writeFile(plan, JSON.stringify(planOf(newHolder("ROLE_WRITE"))));
  await writeFile(path.join(folder, "main.tf"), '\nresource "qumulo_role" "svc" {\n}\n');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test.each([
  ["text", "qumulo_role.svc, FOLDER/main.tf:2"],
  ["json", '"line": 2'],
  ["markdown", "<code>FOLDER/main.tf:2</code>"],
  ["sarif", '"uri": "file://FOLDER/main.tf"'],
  ["junit", 'file="FOLDER/main.tf" line="2"'],
  ["github", "::error file=FOLDER/main.tf,line=2,title=critical escalating-privilege::"],
])("--format %s tells where a resource stands in the folder of the plan", async (format, expected) => {
  const { exitCode, out } = await runCommand(["audit", plan, "--format", format]);

  expect(exitCode).toBe(1);
  expect(out.replace(/\s+/g, " ")).toContain(expected.replace("FOLDER", folder));
});

test("on GitHub, files are named from the root of the repository where the job works below it", async () => {
  const root = path.dirname(process.cwd());
  const file = path.relative(root, path.resolve("examples/hcl/main.tf"));
  const changed = planOf(newHolder("ROLE_WRITE"));
  await writeFile(plan, JSON.stringify(changed).replaceAll("qumulo_role.svc", "qumulo_role.reader"));

  const { out } = await runCommand(["audit", plan, "--format", "github", "--config", "examples/hcl"], {
    env: { GITHUB_WORKSPACE: root },
  });

  expect(out).toContain(`::error file=${file},line=`);
});

test("--output writes the report to a file, in no color, and prints nothing", async () => {
  const file = path.join(folder, "report.txt");

  const { exitCode, out, error } = await runCommand(["audit", plan, "--output", file], {
    terminal: { isColored: true, columns: 200 },
  });

  const report = await readFile(file, "utf8");
  expect([exitCode, out, error]).toEqual([1, "", ""]);
  expect(report).toContain("Not clean");
  expect(report).not.toContain("\u001b");
});

test("an output that cannot be written ends with status 2, whatever was found", async () => {
  const { exitCode, error } = await runCommand(["audit", plan, "--output", path.join(folder, "none", "report.txt")]);

  expect(exitCode).toBe(2);
  expect(error).toContain("cannot be written");
});

test("--name marks the comment, the run and the suite", async () => {
  const run = async (format: string): Promise<string> =>
    (await runCommand(["audit", plan, "--format", format, "--name", "team-a/production"])).out;

  expect(await run("markdown")).toMatch(/^<!-- cdktf-qumulo audit team-a\/production -->\n## Access audit: team-a/);
  expect(await run("sarif")).toContain('"id": "cdktf-qumulo-audit/team-a/production"');
  expect(await run("junit")).toContain('<testsuites name="cdktf-qumulo audit team-a/production"');
});

test.each(["", "-->", "a--b", "two words", "a".repeat(61)])("the name %j is refused", async (name) => {
  const { exitCode, error } = await runCommand(["audit", plan, "--name", name]);

  expect(exitCode).toBe(2);
  expect(error).toContain("Use letters and digits");
});

test.each(["markdown", "sarif", "html"])(
  "a report as %s names the rules' pages in the package, or links to those named",
  async (format) => {
    const ours = await runCommand(["audit", plan, "--format", format]);
    const other = await runCommand(["audit", plan, "--format", format, "--rule-pages", "https://wiki.example/rules/"]);

    expect(ours.out).toContain("docs/audit/rules/escalating-privilege.md in the package cdktf-qumulo");
    expect(ours.out).not.toMatch(/https?:[^"\s)]*escalating-privilege/);
    expect(other.out).toContain("https://wiki.example/rules/escalating-privilege.md");
    expect(other.out).not.toContain("docs/audit/rules/");
  },
);

test("--config without a configuration ends with status 2", async () => {
  const { exitCode, error } = await runCommand(["audit", plan, "--config", path.join(folder, "none")]);

  expect(exitCode).toBe(2);
  expect(error).toContain("--config");
});

test("the terminal has colors, unless NO_COLOR is set to anything, whatever it is", async () => {
  const run = async (env: Readonly<Record<string, string>>): Promise<string> =>
    (await runCommand(["audit", plan], { env, terminal: { isColored: true, columns: 100 } })).out;

  const [colored, empty, plain] = await Promise.all([run({}), run({ NO_COLOR: "" }), run({ NO_COLOR: "0" })]);

  expect(colored).toContain("\u001b[");
  expect(empty).toBe(colored);
  expect(plain).not.toContain("\u001b");
});

test.each([60, 100, 160])("on a terminal of %i columns, sentences are parted within them", async (columns) => {
  const { out } = await runCommand(["audit", plan], { terminal: { isColored: false, columns } });

  const parted = out.split("\n").filter((line) => line.length > columns);
  // What has no blank in it cannot be parted, such as an address.
  expect(parted.filter((line) => line.trim().split(" ").length > 3)).toEqual([]);
});
