import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { installProgram } from "../../tools/demo/program-folder.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { givenFolder, onOpenTofu, type Workspace } from "../support/engines/given-workspace.ts";
import { writePrograms } from "../support/pages/page-reader.ts";
import { readCode } from "../support/pages/pages.ts";
import { runScript } from "../support/pages/shells.ts";
import { type Action, type ActionRun, readAction, runAction } from "../support/pipelines/composite-action.ts";

const { root, library } = getAcceptanceGround();
const page = "docs/audit/pipeline.md";
const recorded = path.join(root, "test/audit/plans");

type Inputs = Readonly<Record<string, string>>;

interface WorkflowStep {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Inputs;
}

interface Workflows {
  readonly hcl: readonly WorkflowStep[];
  readonly cdktf: readonly WorkflowStep[];
}

/** The steps of the page's workflow, and those that differ from it with CDKTF. */
async function readWorkflows(): Promise<Workflows> {
  const [workflow = "", difference = ""] = await readCode(page, "yaml");
  // The page's own examples: a test fails where their shape is another one.
  const { jobs } = parse(workflow) as {
    readonly jobs: { readonly audit: { readonly steps: readonly WorkflowStep[] } };
  };
  const { steps } = parse(difference) as { readonly steps: readonly WorkflowStep[] };
  return { hcl: jobs.audit.steps, cdktf: steps };
}

/** What a workflow gives the action. */
function inputsOf(steps: readonly WorkflowStep[]): Inputs {
  return steps.find(({ id }) => id === "audit")?.with ?? {};
}

interface Comment {
  readonly id: number;
  readonly body: string;
}

interface Runner {
  /** The checkout of whoever uses the action. */
  readonly repository: string;
  /** What lasts as long as the job. */
  readonly temporary: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: (inputs: Inputs, action?: Action) => Promise<ActionRun>;
  /** All comments on the pull request. */
  readonly comments: () => Promise<readonly Comment[]>;
}

/** Stands in for GitHub's own program, which these tests cannot reach: it keeps comments in a file. */
const gh = `#!${process.execPath}
const { readFileSync, writeFileSync } = process.getBuiltinModule("node:fs");
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

/** Stands in for npm, which would ask its registry: it says what it is asked, and installs what the set-up has packed. */
const npm = `#!/bin/sh
echo "npm $*"
[ "$1" = install ] || exit 0
mkdir -p "$3/node_modules"
ln -sfn "${library}" "$3/node_modules/cdktf-qumulo"
`;

async function givenRunner(workspace: Workspace): Promise<Runner> {
  const { folder: home, place } = workspace;
  const [repository, temporary] = [path.join(home, "repository"), path.join(home, "temporary")];
  await mkdir(repository);
  await mkdir(temporary);
  const commentsFile = path.join(home, "comments.json");
  const stranger = { id: 1, user: { login: "stranger" }, body: "<!-- cdktf-qumulo audit -->\nMine." };
  await writeFile(commentsFile, JSON.stringify([stranger]));
  const env = {
    PATH: await writePrograms(workspace, { gh, npm }),
    ...place.extra,
    TF_CLI_CONFIG_FILE: place.cliConfigFile,
    GITHUB_ACTION_PATH: library,
    GITHUB_REPOSITORY: "example/accounts",
    COMMENTS: commentsFile,
    CHECKPOINT_DISABLE: "1",
    CI: "1",
  };
  const names = { "github.event.pull_request.number": "7", "github.token": "a-token" };
  return {
    repository,
    temporary,
    env,
    run: async (inputs, action) =>
      runAction(action ?? (await readAction(root)), inputs, { workspace: repository, temporary, env, names }),
    // Written by this file's own stand-in.
    comments: async () => JSON.parse(await readFile(commentsFile, "utf8")) as readonly Comment[],
  };
}

/** What the page gives the action, with a package that is there, and without the login that the environment has. */
function usable(inputs: Inputs, more: Inputs = { package: library }): Inputs {
  const own = Object.entries(inputs).filter(([name]) => !["package-sha256", "bearer-token"].includes(name));
  return { ...Object.fromEntries(own), ...more };
}

/** What a step printed. */
function printed({ steps }: ActionRun, step: string): string {
  return steps[step]?.out ?? `${step} was not run: ${JSON.stringify(steps)}`;
}

async function readOutput({ outputs }: ActionRun, name: string): Promise<string> {
  return readFile(outputs[name] ?? "", "utf8");
}

test("nothing from outside is a part of a script of the action: it reaches the shell as a variable", async () => {
  const { runs } = await readAction(root);

  expect(runs.steps.filter(({ run }) => run.includes("${{"))).toEqual([]);
  expect(runs.steps.map(({ shell }) => shell)).toEqual(runs.steps.map(() => "bash"));
});

test("only the steps that ask the cluster are given the bearer token, and no line asks a registry for our package", async () => {
  const { runs } = await readAction(root);
  const text = await readFile(path.join(root, page), "utf8");

  const holders = runs.steps.filter(({ env = {} }) => JSON.stringify(env).includes("bearer-token"));
  expect(holders.map(({ name, env }) => [name, env?.["BEARER_TOKEN"]])).toEqual([
    ["Plan", "${{ inputs.bearer-token }}"],
    ["Audit", "${{ inputs.cluster == 'true' && inputs.bearer-token || '' }}"],
  ]);
  expect(text + JSON.stringify(runs)).not.toMatch(/np[mx] (?!audit|run)[a-z -]*\bcdktf-qumulo(?![-.])(?! audit)/);
});

test("the page's workflows use the action with inputs that it has, of a whole commit, and tell of each input", async () => {
  const { inputs } = await readAction(root);
  const { hcl, cdktf } = await readWorkflows();
  const text = await readFile(path.join(root, page), "utf8");

  for (const steps of [hcl, cdktf]) {
    expect(Object.keys(inputsOf(steps)).filter((name) => !(name in inputs))).toEqual([]);
    expect(steps.find(({ id }) => id === "audit")?.uses).toMatch(/^your-organization\/cdktf-qumulo@[0-9a-f]{40}$/);
  }
  expect(Object.keys(inputs).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

onOpenTofu((engine) => {
  test("the package is installed from the file whose checksum is known, and from no other", async () => {
    const runner = await givenRunner(await givenFolder(engine, ""));
    const action = await readAction(root);
    const install = { ...action, runs: { ...action.runs, steps: action.runs.steps.slice(0, 1) } };
    const file = path.join(runner.repository, "package.tgz");
    await writeFile(file, "the package");
    const sum = { "package-sha256": createHash("sha256").update("the package").digest("hex") };
    const address = pathToFileURL(file).href;

    const good = await runner.run({ package: address, ...sum }, install);
    const unchecked = await runner.run({ package: address }, install);
    const own = await runner.run({ package: "package.tgz" }, install);
    await writeFile(file, "another package");
    const bad = await runner.run({ package: address, ...sum }, install);
    const built = await runner.run({}, install);

    expect(good.exitCode).toBe(0);
    expect(printed(good, "Install")).toMatch(/^npm install --prefix .* --no-save .*cdktf-qumulo\.tgz$/m);
    expect(unchecked).toMatchObject({ exitCode: 2 });
    expect(printed(unchecked, "Install")).toContain("package-sha256 is missing");
    expect(own.exitCode).toBe(0);
    expect(bad.exitCode).toBe(1);
    expect(printed(bad, "Install")).not.toContain("npm install");
    expect(printed(built, "Install")).toContain(`npm ci --prefix ${library} --ignore-scripts`);
  });

  test("the workflow for HCL plans, audits and comments, replaces its comment the next time, and leaves no plan behind", async () => {
    const runner = await givenRunner(await givenFolder(engine, ""));
    const inputs = usable(inputsOf((await readWorkflows()).hcl));
    await cp(path.join(root, "examples/hcl"), path.join(runner.repository, "accounts"), { recursive: true });
    const main = path.join(runner.repository, "accounts/main.tf");
    const hcl = await readFile(main, "utf8");

    const clean = await runner.run(inputs);
    const [stranger, first, ...others] = await runner.comments();
    await writeFile(main, hcl.replace("PRIVILEGE_QUOTA_READ", "PRIVILEGE_ROLE_WRITE"));
    const found = await runner.run(inputs);
    const second = await runner.comments();
    const body = String(second.at(-1)?.body);

    expect(clean).toMatchObject({ exitCode: 0, outputs: { status: "0" } });
    expect(first?.body).toMatch(/\*\*Clean\.\*\*[^]*<code>local:svc-backup<\/code>/);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ exitCode: 1, outputs: { status: "1" } });
    expect(printed(found, "Audit")).toMatch(
      /^::error file=accounts\/main.tf,line=\d+,title=critical escalating-privilege::/m,
    );
    expect(second).toEqual([stranger, { ...first, body }]);
    expect(body).toContain("PRIVILEGE_ROLE_WRITE");
    expect(found.summary).toBe(clean.summary + body);
    expect(await readOutput(found, "sarif")).toContain('"uri": "accounts/main.tf"');
    expect(await readOutput(found, "junit")).toContain("<failure");
    expect(await readOutput(found, "page")).toContain("<!doctype html>");
    expect(await readdir(runner.repository)).toEqual(["accounts"]);
    await expect(stat(path.join(runner.temporary, "cdktf-qumulo/plan.bin"))).rejects.toThrow("ENOENT");
  });

  test("the workflow for CDKTF names the construct of each finding", async () => {
    const runner = await givenRunner(await givenFolder(engine, ""));
    const { cdktf } = await readWorkflows();
    await rm(runner.repository, { recursive: true });
    await installProgram(getAcceptanceGround(), "service-account", runner.repository);
    const main = path.join(runner.repository, "main.ts");
    await writeFile(main, (await readFile(main, "utf8")).replace("PRIVILEGE_QUOTA_READ", "PRIVILEGE_ROLE_WRITE"));
    const [{ run: synthesize = "exit 99" } = {}] = cdktf;

    const synthesized = await runScript(synthesize, {
      shell: "bash-of-github",
      cwd: runner.repository,
      env: runner.env,
    });
    const found = await runner.run(usable(inputsOf(cdktf), {}));

    expect(synthesized).toMatchObject({ exitCode: 0 });
    expect(printed(found, "Audit")).toMatch(/file=cdktf.out\/stacks\/service-account\/cdk.tf.json,line=\d+/);
    expect(found.exitCode).toBe(1);
    expect(await readOutput(found, "sarif")).toContain('"fullyQualifiedName": "service-account/reader');
  });

  test("what cannot be read ends the job with 2 and no comment; a review fails it with 3, or is a warning", async () => {
    const runner = await givenRunner(await givenFolder(engine, ""));
    const given = { package: library, plan: path.join(recorded, "opentofu-later.json") };
    await writeFile(path.join(runner.repository, "cut.json"), '{"format_version":');

    const unreadable = await runner.run({ ...given, plan: "cut.json" });
    const comments = await runner.comments();
    const review = await runner.run(given);
    const warned = await runner.run({ ...given, review: "warn" });
    const found = await runner.run({ ...given, review: "warn", plan: path.join(recorded, "opentofu-changes.json") });

    expect(unreadable).toMatchObject({ exitCode: 2, outputs: { status: "2", sarif: "", markdown: "" } });
    expect(printed(unreadable, "Verdict")).toContain("::error title=Not audited::");
    expect(comments).toHaveLength(1);
    expect([review.exitCode, review.outputs["status"]]).toEqual([3, "3"]);
    expect(printed(review, "Verdict")).toContain("::error title=To be reviewed::");
    expect((await runner.comments()).at(-1)?.body).toContain("**Not clean.**");
    expect([warned.exitCode, warned.outputs["status"]]).toEqual([0, "3"]);
    expect(printed(warned, "Verdict")).toContain("::warning title=To be reviewed::");
    expect(found.exitCode).toBe(1);
  });

  test("names that a stranger can choose are texts to the action, and nothing that a shell would do", async () => {
    const runner = await givenRunner(await givenFolder(engine, ""));
    const hostile = "a'\";$(touch stolen)`touch stolen`\n-x";
    await mkdir(path.join(runner.repository, hostile));
    await writeFile(path.join(runner.repository, hostile, "main.tf"), "");
    await cp(path.join(recorded, "opentofu-creation.json"), path.join(runner.repository, "--evil.json"));
    const given = { package: library, plan: "--evil.json", configuration: hostile };

    const audited = await runner.run(given);
    const named = await runner.run({ ...given, name: hostile });
    const failed = await runner.run({ ...given, "fail-on": hostile, policy: hostile, baseline: hostile });
    const engineOf = await runner.run({ package: library, engine: hostile });

    expect(audited).toMatchObject({ exitCode: 1, outputs: { status: "1" } });
    expect([named.exitCode, failed.exitCode, engineOf.exitCode]).toEqual([2, 2, 2]);
    expect((await readdir(runner.repository)).toSorted()).toEqual(["--evil.json", hostile].toSorted());
  });
});
