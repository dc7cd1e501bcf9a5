import { createHash } from "node:crypto";
import { chmod, cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { givenFolder, onOpenTofu, type TestedEngine, type Workspace } from "../support/engines/given-workspace.ts";
import { writePrograms } from "../support/pages/page-reader.ts";
import { type CodeBlock, readBlocks } from "../support/pages/pages.ts";
import { runScript, type ScriptResult, type ScriptShell } from "../support/pages/shells.ts";
import { givenNotes } from "../support/pipelines/gitlab-notes.ts";
import { type GitlabJob, include, readTemplate } from "../support/pipelines/gitlab-template.ts";
import { installPipelineTools, type PipelineTools } from "../support/pipelines/pipeline-tools.ts";

const { root, library } = getAcceptanceGround();
const page = "docs/audit/pipeline.md";
const rotationPage = "docs/guides/scheduled-rotation.md";
const recorded = path.join(root, "test/audit/plans");
const findings = path.join(recorded, "opentofu-changes.json");
const review = path.join(recorded, "opentofu-later.json");

let tools: PipelineTools;

beforeAll(async () => {
  tools = await installPipelineTools();
}, 300_000);

/** The block of a page that is for a file. */
async function blockFor(file: string, from = page): Promise<CodeBlock> {
  const block = (await readBlocks(from)).find((it) => it.file === file);
  if (block === undefined) throw new Error(`${from} has no ${file}.`);
  return block;
}

interface Checkout {
  /** Where a configuration stands in the folder `accounts`, and the package's file beside it. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Stands in for npm, which would ask its registry: it installs what the set-up has packed. */
const npm = `#!/bin/sh
mkdir -p "$3/node_modules"
ln -sfn "${library}" "$3/node_modules/cdktf-qumulo"
`;

const program = `#!/bin/sh\nexec "${process.execPath}" "${library}/dist/cdktf-qumulo.js" "$@"\n`;

async function givenCheckout(engine: TestedEngine, scripts: Readonly<Record<string, string>>): Promise<Checkout> {
  const workspace: Workspace = await givenFolder(engine, "");
  const folder = path.join(workspace.folder, "repository");
  await mkdir(folder);
  await cp(path.join(root, "examples/hcl"), path.join(folder, "accounts"), { recursive: true });
  await writeFile(path.join(folder, "cdktf-qumulo.tgz"), "the package");
  await writeFile(path.join(folder, "access-policy.json"), '{ "version": 1 }');
  await writeFile(path.join(folder, "access-baseline.json"), '{ "version": 1, "entries": [] }');
  const env = {
    ...workspace.place.extra,
    PATH: await writePrograms(workspace, scripts),
    TF_CLI_CONFIG_FILE: workspace.place.cliConfigFile,
    CHECKPOINT_DISABLE: "1",
    NO_COLOR: "1",
  };
  return { folder, env };
}

/** Makes the role of the example too strong. */
async function goTooFar({ folder }: Checkout): Promise<void> {
  const main = path.join(folder, "accounts/main.tf");
  await writeFile(main, (await readFile(main, "utf8")).replace("PRIVILEGE_QUOTA_READ", "PRIVILEGE_ROLE_WRITE"));
}

async function jobWith(inputs: Readonly<Record<string, string | number>>): Promise<GitlabJob> {
  const pipeline = include(await readTemplate(root), inputs);
  return (pipeline as { readonly "access-audit": GitlabJob })["access-audit"];
}

/** Runs a job as GitLab's runner does: all of its script in one shell. */
async function runJob(
  { variables, script }: GitlabJob,
  { folder, env }: Checkout,
  more: Readonly<Record<string, string>> & { readonly shell?: ScriptShell } = {},
): Promise<ScriptResult> {
  const { shell = "bash-of-gitlab", ...extra } = more;
  return runScript(script.join("\n"), { shell, cwd: folder, env: { ...env, ...variables, ...extra } });
}

const checksum = createHash("sha256").update("the package").digest("hex");
const given = { image: "node", package: "cdktf-qumulo.tgz", "package-sha256": checksum };

test("the action, the workflow and the template are as the schemas of GitHub and GitLab ask", async () => {
  const template = await readTemplate(root);
  const [workflow = "", gitlab = ""] = await Promise.all(
    [".github/workflows/access.yml", ".gitlab-ci.yml"].map(async (file) => (await blockFor(file)).code),
  );
  const folder = path.join(getAcceptanceGround().folder, "schemas");
  await mkdir(folder, { recursive: true });
  const files = {
    "workflow.yml": workflow,
    "rotation.yml": (await blockFor(".github/workflows/rotation.yml", rotationPage)).code,
    "rotation-gitlab.yml": (await blockFor(".gitlab-ci.yml", rotationPage)).code,
    "including.yml": gitlab,
    "header.yml": JSON.stringify(template.header),
    "pipeline.yml": JSON.stringify(include(template, given)),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  const check = async (schema: string, ...names: readonly string[]) =>
    tools.run(["-m", "check_jsonschema", "--builtin-schema", schema, ...names], { cwd: folder });

  expect(await check("vendor.github-actions", path.join(root, "action.yml"))).toMatchObject({ exitCode: 0 });
  expect(await check("vendor.github-workflows", "workflow.yml", "rotation.yml")).toMatchObject({ exitCode: 0 });
  expect(
    await check("vendor.gitlab-ci", "including.yml", "header.yml", "pipeline.yml", "rotation-gitlab.yml"),
  ).toMatchObject({ exitCode: 0 });
});

test("the template takes the inputs of the page, and puts none of them into its script", async () => {
  const { include: includes } = parse((await blockFor(".gitlab-ci.yml")).code) as {
    readonly include: readonly { readonly ref?: string; readonly inputs?: Readonly<Record<string, string>> }[];
  };

  const [{ ref = "", inputs = {} } = {}] = includes;
  const { script, variables, allow_failure: allowed } = await jobWith(inputs);

  expect(ref).toMatch(/^[0-9a-f]{40}$/);
  expect(script.join("\n")).not.toContain("$[[");
  expect(script).toEqual((await jobWith(given)).script);
  expect(variables).toMatchObject({ AUDIT_CONFIGURATION: "accounts", AUDIT_POLICY: "access-policy.json" });
  expect(allowed).toEqual({ exit_codes: 0 });
  expect((await jobWith({ ...given, "tolerated-status": 3 })).allow_failure).toEqual({ exit_codes: 3 });
  await expect(jobWith({ ...given, "tolerated-status": 1 })).rejects.toThrow("tolerated-status cannot be 1");
});

onOpenTofu((engine) => {
  test("GitLab's job plans, audits and comments, replaces its own comment the next time, and leaves no plan behind", async () => {
    const checkout = await givenCheckout(engine, { npm });
    const stranger = { id: 1, body: "<!-- cdktf-qumulo audit -->\nMine.", author: { id: 1 } };
    const { url, notes } = await givenNotes([stranger], "a token");
    const variables = { CI_API_V4_URL: url, CI_PROJECT_ID: "12", CI_MERGE_REQUEST_IID: "7" };
    const job = await jobWith({ ...given, configuration: "accounts", policy: "access-policy.json" });

    const clean = await runJob(job, checkout, { ...variables, QUMULO_AUDIT_COMMENT_TOKEN: "a token" });
    const first = notes();
    await goTooFar(checkout);
    const found = await runJob(job, checkout, { ...variables, QUMULO_AUDIT_COMMENT_TOKEN: "a token" });
    const second = notes();
    const refused = await runJob(job, checkout, { ...variables, QUMULO_AUDIT_COMMENT_TOKEN: "another" });

    expect({ ...clean, notes: first }).toMatchObject({ exitCode: 0, notes: [stranger, { author: { id: 5 } }] });
    expect(first[1]?.body).toContain("**Clean.**");
    expect(found.exitCode).toBe(1);
    expect(second).toEqual([
      stranger,
      { ...first[1], body: await readFile(path.join(checkout.folder, "audit.md"), "utf8") },
    ]);
    expect(second[1]?.body).toContain("PRIVILEGE_ROLE_WRITE");
    expect(await readFile(path.join(checkout.folder, "audit.xml"), "utf8")).toContain("<failure");
    expect(refused.out).toContain("401");
    expect(refused.out).not.toContain("another");
    expect((await readdir(checkout.folder)).filter((name) => name.startsWith("plan"))).toEqual([]);
  });

  test.each(["bash-of-gitlab", "sh-of-gitlab"] as const)(
    "GitLab's job ends with what the audit says, in %s, whatever strangers call their branches",
    async (shell) => {
      const checkout = await givenCheckout(engine, { npm });
      const hostile = "a'\";$(touch stolen)`touch stolen`";
      await mkdir(path.join(checkout.folder, hostile));
      await writeFile(path.join(checkout.folder, hostile, "main.tf"), "");
      const run = async (inputs: Readonly<Record<string, string>>): Promise<ScriptResult> =>
        runJob(await jobWith({ ...given, configuration: hostile, ...inputs }), checkout, { shell });

      const found = await run({ plan: findings });
      const unknown = await run({ plan: review });
      const unreadable = await run({ plan: "accounts/main.tf" });
      const named = await run({ plan: review, name: hostile });
      const other = await run({ plan: review, "package-sha256": "0".repeat(64) });

      expect([found, unknown, unreadable, named, other].map(({ exitCode }) => exitCode)).toEqual([1, 3, 2, 2, 1]);
      expect(unknown.out).toContain("To be reviewed: something that is not known may be as severe as high.");
      expect(unreadable.out).toContain("Not audited: nobody knows what this plan does.");
      expect(other.out).not.toContain("audit");
      expect(await readdir(checkout.folder)).not.toContain("stolen");
    },
  );

  test("the hook stops a push of what goes too far, by the real pre-commit, and says what is missing", async () => {
    const checkout = await givenCheckout(engine, { "cdktf-qumulo": program });
    const { folder } = checkout;
    const env = {
      ...checkout.env,
      PRE_COMMIT_HOME: path.join(folder, "../cache"),
      GIT_CONFIG_GLOBAL: path.join(folder, "../gitconfig"),
    };
    const git = async (place: string, script: string) => runScript(script, { cwd: place, env });
    await writeFile(env.GIT_CONFIG_GLOBAL, "[user]\nname = A\nemail = a@example.com\n");
    const hooks = path.join(folder, "../hooks");
    await mkdir(hooks);
    for (const name of [".pre-commit-hooks.yaml", "pipelines"])
      await cp(path.join(root, name), path.join(hooks, name), { recursive: true });
    await git(hooks, "git init -q && git add -A && git commit -qm hooks");
    const { out: commit } = await git(hooks, "git rev-parse HEAD");
    const config = (await blockFor(".pre-commit-config.yaml")).code
      .replace("https://github.com/your-organization/cdktf-qumulo", hooks)
      .replace(/rev: .*/, `rev: ${commit.trim()}`);
    await writeFile(path.join(folder, ".pre-commit-config.yaml"), config);
    await git(folder, "git init -q && git add -A");
    const push = async (more = {}): Promise<ScriptResult> =>
      tools.run(["-m", "pre_commit", "run", "--all-files", "--hook-stage", "pre-push"], {
        cwd: folder,
        env: { ...env, ...more },
      });

    const clean = await push();
    await goTooFar(checkout);
    const stopped = await push();
    const without = await push({
      PATH: `${path.dirname(engine.program)}:${path.dirname(process.execPath)}:/usr/bin:/bin`,
    });

    expect(clean).toMatchObject({ exitCode: 0, out: expect.stringContaining("Findings: 1 medium. Clean.") });
    expect(stopped).toMatchObject({ exitCode: 1, out: expect.stringContaining("CRITICAL escalating-privilege") });
    expect(stopped.out).toContain("exit code: 1");
    expect(without.out).toContain("The program cdktf-qumulo is neither in node_modules/.bin nor on the PATH.");
    expect(
      (await tools.run(["-m", "pre_commit", "validate-manifest", path.join(root, ".pre-commit-hooks.yaml")])).exitCode,
    ).toBe(0);
  }, 240_000);
});

/** A folder with `cdktf-qumulo`, and with an engine that shows this plan whatever it is asked. */
async function givenShown(name: string, plan: string | undefined): Promise<Checkout> {
  const folder = path.join(getAcceptanceGround().folder, name);
  const bin = path.join(folder, "bin");
  await mkdir(bin, { recursive: true });
  const shows = `#!/bin/sh\n[ "$1 $2" = "show -json" ] && exec cat ${plan ?? "/dev/null"}\n`;
  for (const [file, text] of Object.entries({ "cdktf-qumulo": program, tofu: shows, terraform: shows })) {
    await writeFile(path.join(bin, file), text);
    await chmod(path.join(bin, file), 0o755);
  }
  await writeFile(path.join(folder, "main.tf"), "");
  await symlink(folder, path.join(bin, "here")).catch(() => undefined);
  return { folder, env: { PATH: `${bin}:/usr/bin:/bin`, NO_COLOR: "1" } };
}

test("Atlantis' step fails a plan with findings, one to review, and one that cannot be read; the ending of the page lets a review pass", async () => {
  const { workflows } = parse((await blockFor("repos.yaml")).code) as {
    readonly workflows: Readonly<Record<string, { plan: { steps: readonly (string | { readonly run: string })[] } }>>;
  };
  const [step] = Object.values(workflows).flatMap(({ plan }) =>
    plan.steps.flatMap((it) => (typeof it === "string" ? [] : [it.run])),
  );
  const ending = "|| test $? -eq 3";
  const run = async (script: string, plan: string | undefined): Promise<number> => {
    const { folder, env } = await givenShown("atlantis", plan);
    const policy = path.join(folder, "policy.json");
    await writeFile(policy, '{ "version": 1 }');
    const own = script.replace("/etc/atlantis/qumulo-policy.json", policy);
    return (await runScript(own, { shell: "sh", cwd: folder, env: { ...env, PLANFILE: "default.tfplan" } })).exitCode;
  };

  const [strict, lenient] = [String(step), `${String(step)} ${ending}`];

  expect(await readFile(path.join(root, page), "utf8")).toContain(`\`${ending}\``);
  expect([await run(strict, findings), await run(strict, review), await run(strict, undefined)]).toEqual([1, 3, 2]);
  expect([await run(lenient, findings), await run(lenient, review), await run(lenient, undefined)]).toEqual([1, 0, 1]);
});

test("Spacelift's hook leaves a report by which the plan policy fails, warns or passes, and fails by itself where there is none", async () => {
  const { stack_defaults: settings } = parse((await blockFor(".spacelift/config.yml")).code) as {
    readonly stack_defaults: { readonly after_plan: readonly string[] };
  };
  const hook = settings.after_plan.join(" && ");
  const { code: policy } = await blockFor("plan-policy.rego");
  const run = async (plan: string | undefined): Promise<readonly unknown[]> => {
    const { folder, env } = await givenShown("spacelift", plan);
    const { exitCode } = await runScript(hook, { shell: "sh", cwd: folder, env });
    if (exitCode !== 0) return [exitCode];
    const report: unknown = JSON.parse(
      await readFile(path.join(folder, "qumulo_access.custom.spacelift.json"), "utf8"),
    );
    return [exitCode, ...(await judge(policy, { third_party_metadata: { custom: { qumulo_access: report } } }))];
  };
  const quiet = path.join(getAcceptanceGround().folder, "quiet.json");
  await writeFile(quiet, '{ "format_version": "1.2", "terraform_version": "1.12.6", "resource_changes": [] }');

  expect(await run(quiet)).toEqual([0, { deny: false, warn: false }]);
  expect(await run(findings)).toEqual([0, { deny: true, warn: false }]);
  expect(await run(review)).toEqual([0, { deny: false, warn: true }]);
  expect(await run(undefined)).toEqual([1]);
  expect(await judge(policy, {})).toEqual([{ deny: true, warn: false }]);
});

/** What a plan policy makes of an input. */
async function judge(
  policy: string,
  input: unknown,
): Promise<readonly [{ readonly deny: boolean; readonly warn: boolean }]> {
  const ask = `
import json, sys
from regopy import Interpreter
policy, given = json.loads(sys.argv[1])
rego = Interpreter()
rego.add_module("policy", policy)
rego.set_input(given)
print(json.dumps({ rule: not str(rego.query(f"count(data.spacelift.{rule}) == 0")).endswith('[true]}') for rule in ("deny", "warn") }))
`;
  const { out } = await tools.run(["-c", ask, JSON.stringify([policy, input])]);
  return [JSON.parse(out) as { readonly deny: boolean; readonly warn: boolean }];
}
