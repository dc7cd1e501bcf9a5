import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { installProgram } from "../../tools/demo/program-folder.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { givenFolder, onOpenTofu, type Workspace } from "../support/engines/given-workspace.ts";
import { writePrograms } from "../support/pages/page-reader.ts";
import { readCode } from "../support/pages/pages.ts";
import { runScript, type ScriptResult } from "../support/pages/shells.ts";

const { root } = getAcceptanceGround();

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly env: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** The workflow of the page, and what differs from it with CDKTF. */
async function readJobs(): Promise<readonly [hcl: Job, cdktf: Job]> {
  const [workflow = "", difference = ""] = await readCode("docs/audit/pipeline.md", "yaml");
  // The page's own examples: a test fails where their shape is another one.
  const { audit: hcl } = (parse(workflow) as { readonly jobs: { readonly audit: Job } }).jobs;
  const { env, steps } = parse(difference) as Job;
  const changed = hcl.steps.map((step) => steps.find(({ name }) => name === step.name) ?? step);
  return [hcl, { env: { ...hcl.env, ...env }, steps: changed }];
}

interface Runner {
  readonly folder: string;
  /** Runs a step of the job as GitHub does. */
  readonly run: (job: Job, name: string, more?: Readonly<Record<string, string>>) => Promise<ScriptResult>;
  /** All comments on the pull request. */
  readonly comments: () => Promise<readonly Comment[]>;
}

interface Comment {
  readonly id: number;
  readonly body: string;
}

/** Stands in for GitHub's own program, which these tests cannot reach: it keeps comments in a file. */
const gh = `#!${process.execPath}
const { readFileSync, writeFileSync } = require("node:fs");
const file = process.env.COMMENTS;
const comments = JSON.parse(readFileSync(file, "utf8"));
const args = process.argv.slice(2);
const body = () => readFileSync(args.at(-1).replace(/^body=@/, ""), "utf8");
const user = { login: "github-actions[bot]" };
const save = (changed) => writeFileSync(file, JSON.stringify(changed));
if (args.includes("--slurp")) console.log(JSON.stringify([comments, []]));
else if (args.includes("PATCH")) save(comments.map((it) => (args[3].endsWith("/" + it.id) ? { ...it, body: body() } : it)));
else save([...comments, { id: comments.length + 1, user, body: body() }]);
`;

/** Stands in for npm, which would ask its registry: it notes what it is asked. */
const npm = `#!/bin/sh\necho "npm $*"\n`;

async function givenRunner(workspace: Workspace, repository: string): Promise<Runner> {
  const { folder: home, place } = workspace;
  const commentsFile = path.join(home, "comments.json");
  const programs = await writePrograms(workspace, { gh, npm });
  const installed = path.join(repository, "node_modules/.bin");
  await mkdir(installed, { recursive: true });
  const [program, link] = [
    path.join(getAcceptanceGround().library, "dist/cdktf-qumulo.js"),
    path.join(installed, "cdktf-qumulo"),
  ];
  // A program of CDKTF has it already.
  if (!existsSync(link)) await symlink(program, link);
  const stranger = { id: 1, user: { login: "stranger" }, body: "<!-- cdktf-qumulo audit -->\nMine." };
  await writeFile(commentsFile, JSON.stringify([stranger]));
  const env = {
    PATH: programs,
    ...place.extra,
    TF_CLI_CONFIG_FILE: place.cliConfigFile,
    GITHUB_WORKSPACE: repository,
    GITHUB_REPOSITORY: "example/accounts",
    PULL_REQUEST: "7",
    COMMENTS: commentsFile,
    CHECKPOINT_DISABLE: "1",
    CI: "1",
  };
  return {
    folder: repository,
    run: async ({ env: { CONFIGURATION = "" }, steps }, name, more = {}) => {
      const script = steps.find((step) => step.name === name)?.run ?? "exit 99";
      return runScript(script, { cwd: repository, env: { ...env, CONFIGURATION, ...more } });
    },
    // Written by this file's own stand-in.
    comments: async () => JSON.parse(await readFile(commentsFile, "utf8")) as readonly Comment[],
  };
}

test("every step of the workflow has a name that says what it does, or is an action of a fixed version", async () => {
  const [{ steps }] = await readJobs();

  for (const { name, run, uses } of steps) expect(run === undefined ? uses : name).toMatch(/@v\d+$|^[A-Z]\w+$/);
});

test("only the step that plans is given the bearer token, and no line asks a registry for our package", async () => {
  const page = await readFile(path.join(root, "docs/audit/pipeline.md"), "utf8");

  for (const { env, steps } of await readJobs()) {
    const holders = steps.filter((step) => JSON.stringify(step).includes("QUMULO_BEARER_TOKEN"));
    expect(JSON.stringify(env)).not.toContain("BEARER_TOKEN");
    expect(holders.map(({ name }) => name)).toEqual(["Plan"]);
  }
  expect(page).not.toMatch(/np[mx] .*\bcdktf-qumulo(?![-.])/);
});

onOpenTofu((engine) => {
  test("the package is installed from the file whose checksum is known, and from no other", async () => {
    const workspace = await givenFolder(engine, "");
    const [job] = await readJobs();
    const runner = await givenRunner(workspace, path.join(workspace.folder, "repository"));
    const file = path.join(workspace.folder, "package.tgz");
    await writeFile(file, "the package");
    const PACKAGE_SHA256 = createHash("sha256").update("the package").digest("hex");
    const PACKAGE = pathToFileURL(file).href;
    const HOME = workspace.folder;

    const good = await runner.run(job, "Install", { PACKAGE, PACKAGE_SHA256, HOME });
    await writeFile(file, "another package");
    const bad = await runner.run(job, "Install", { PACKAGE, PACKAGE_SHA256, HOME });

    expect(good.out).toContain("npm install --no-save ./cdktf-qumulo.tgz");
    expect(good.exitCode).toBe(0);
    expect(bad.exitCode).toBe(1);
    expect(bad.out).not.toContain("npm install");
  });

  test("the pull-request job for HCL plans, audits and comments, and replaces its comment the next time", async () => {
    const workspace = await givenFolder(engine, "");
    const [job] = await readJobs();
    const repository = path.join(workspace.folder, "repository");
    await cp(path.join(root, "examples/hcl"), path.join(repository, "accounts"), { recursive: true });
    const runner = await givenRunner(workspace, repository);

    const planned = await runner.run(job, "Plan");
    const clean = await runner.run(job, "Audit");
    const commented = await runner.run(job, "Comment");
    const first = await runner.comments();
    const main = path.join(repository, "accounts/main.tf");
    const hcl = await readFile(main, "utf8");
    await writeFile(main, hcl.replace("PRIVILEGE_QUOTA_READ", "PRIVILEGE_ROLE_WRITE"));
    await runner.run(job, "Plan");
    const found = await runner.run(job, "Audit");
    await runner.run(job, "Comment");
    const second = await runner.comments();

    expect([planned.exitCode, clean.exitCode, commented.exitCode]).toEqual([0, 0, 0]);
    expect(first.map(({ id }) => id)).toEqual([1, 2]);
    expect(first[1]?.body).toContain("**Clean.**");
    expect(first[1]?.body).toContain("<code>local:svc-backup</code>");
    expect(found.exitCode).toBe(1);
    expect(found.out).toMatch(/^::error file=accounts\/main.tf,line=\d+,title=critical escalating-privilege::/m);
    expect(second.map(({ id }) => id)).toEqual([1, 2]);
    expect(second[0]?.body).toContain("Mine.");
    expect(second[1]?.body).toContain("PRIVILEGE_ROLE_WRITE");
  });

  test("a plan that cannot be read ends the job with status 2 and leaves no comment", async () => {
    const workspace = await givenFolder(engine, "");
    const [job] = await readJobs();
    const runner = await givenRunner(workspace, path.join(workspace.folder, "repository"));
    await mkdir(path.join(runner.folder, "accounts"), { recursive: true });
    await writeFile(path.join(runner.folder, "accounts/main.tf"), "");
    await writeFile(path.join(runner.folder, "plan.json"), '{"format_version":');

    const { exitCode } = await runner.run(job, "Audit");

    expect(exitCode).toBe(2);
    await expect(readFile(path.join(runner.folder, "comment.md"))).rejects.toThrow("ENOENT");
  });

  test("the pull-request job for CDKTF names the construct of each finding", async () => {
    const workspace = await givenFolder(engine, "");
    const [, job] = await readJobs();
    const repository = path.join(workspace.folder, "service-account");
    await installProgram(getAcceptanceGround(), "service-account", repository);
    const main = path.join(repository, "main.ts");
    await writeFile(main, (await readFile(main, "utf8")).replace("PRIVILEGE_QUOTA_READ", "PRIVILEGE_ROLE_WRITE"));
    const runner = await givenRunner(workspace, repository);

    const planned = await runner.run(job, "Plan");
    const audited = await runner.run(job, "Audit");
    const sarif = await readFile(path.join(repository, "audit.sarif"), "utf8").catch(() => planned.out);

    expect(planned).toMatchObject({ exitCode: 0 });
    expect(audited.exitCode).toBe(1);
    expect(audited.out).toMatch(/file=cdktf.out\/stacks\/service-account\/cdk.tf.json,line=\d+/);
    expect(sarif).toContain('"fullyQualifiedName": "service-account/reader');
  });
});
