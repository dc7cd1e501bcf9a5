import { execFile } from "node:child_process";
import { mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { errorCode } from "../../src/vocabulary/error-code.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { onOpenTofu } from "../support/engines/given-workspace.ts";
import { type DeployedQuickStart, givenQuickStart } from "../support/pages/given-quick-start.ts";
import { follow } from "../support/pages/page-reader.ts";
import { readBlocks } from "../support/pages/pages.ts";
import { runScript, type ScriptResult } from "../support/pages/shells.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";

const page = "docs/guides/scheduled-rotation.md";
const dayMs = 86_400_000;
const { library } = getAcceptanceGround();

/** What the account that deploys may do, as its guide says. */
const deploying = ["ACCESS_TOKENS", "LOCAL_GROUP", "LOCAL_USER", "ROLE"]
  .flatMap((name) => [`PRIVILEGE_${name}_READ`, `PRIVILEGE_${name}_WRITE`])
  .concat("PRIVILEGE_IDENTITY_READ");

/** Programs that would change this machine: they do what is needed here, in the folder of the test, or nothing. */
const programs = {
  sudo: `#!/bin/sh\nwhile :; do case "$1" in -H) export HOME="$JOB_HOME"; shift ;; -u) shift 2 ;; *) exec "$@" ;; esac; done\n`,
  useradd: "#!/bin/sh\n",
  chown: "#!/bin/sh\n",
  chgrp: "#!/bin/sh\n",
  // It would ask its registry: it installs what the set-up has packed.
  npm: `#!/bin/sh
place=.; [ "$2" != --prefix ] || place=$3
mkdir -p "$place/node_modules/.bin"
ln -sfn "${library}" "$place/node_modules/cdktf-qumulo"
ln -sfn ../cdktf-qumulo/dist/cdktf-qumulo.js "$place/node_modules/.bin/cdktf-qumulo"
`,
  // Starts a service as systemd does: with nothing in its environment but what the unit says, and with its credentials.
  systemctl: `#!/bin/sh
[ "$1" = start ] || exit 0
setting() { sed -n "s/^$1=//p" "$UNITS/$2"; }
credentials=$(mktemp -d)
setting LoadCredential "$2" | while IFS=: read -r name file; do install -m 0400 "$file" "$credentials/$name"; done
set -- $(setting ExecStart "$2") -- $(setting Environment "$2" | sed "s#%d#$credentials#")
command=; while [ "$1" != -- ]; do command="$command $1"; shift; done; shift
env -i HOME="$JOB_HOME" "$@" $command
status=$?; rm -r "$credentials"; exit $status
`,
};

interface Machine extends DeployedQuickStart {
  readonly deployerToken: string;
  readonly clock: SettableClock;
  readonly instead: Readonly<Record<string, string>>;
  /** What a job of a pipeline finds in its environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly metrics: string;
}

/** The last token that a list in the form of Prometheus has of the quick start's account, and how many it has. */
async function expiriesIn({ metrics }: Machine): Promise<readonly number[]> {
  const text = await readFile(path.join(metrics, "qumulo_access_tokens.prom"), "utf8");
  const lines = text.split("\n").filter((line) => line.includes('user="local:svc-backup"'));
  return lines.map((line) => Number(line.split(" ").at(-1)));
}

async function givenMachine(engine: Parameters<typeof givenQuickStart>[0]): Promise<Machine> {
  const clock = new SettableClock(new Date().toISOString());
  const deployed = await givenQuickStart(engine, { clock, programs });
  const { workspace, reader } = deployed;
  const { host, port } = workspace.cluster.simulator;
  const at = (name: string): string => path.join(workspace.folder, "machine", name);
  const metrics = at("node_exporter");
  for (const folder of [metrics, at("units"), at("home")]) await mkdir(folder, { recursive: true });
  const caFile = path.join(workspace.folder, "cluster.pem");
  await writeFile(caFile, workspace.cluster.simulator.certificatePem);
  const token = await deployerToken(deployed);
  const job = { JOB_HOME: at("home"), UNITS: at("units"), DEPLOYER_TOKEN: token };
  await reader.run(
    Object.entries(job)
      .map(([name, value]) => `export ${name}='${value}'`)
      .join("\n"),
  );
  const instead = {
    "$(tofu output -raw deployer_token)": "$DEPLOYER_TOKEN",
    "/etc/qumulo-rotate": at("etc"),
    "/opt/cdktf-qumulo": at("opt"),
    "/srv/access": reader.folder,
    "/var/lib/node_exporter": metrics,
    "/var/lib/qumulo-rotate": at("home"),
    "/etc/systemd/system": at("units"),
    "/usr/local/bin:": `${reader.env["PATH"] ?? ""}:`,
    "Environment=QUMULO_HOST=cluster.example.com": `Environment=QUMULO_HOST=${host} QUMULO_PORT=${port} QUMULO_CA_FILE=${caFile}`,
    "QUMULO_HOST=cluster.example.com": `QUMULO_HOST=${host}\nQUMULO_PORT=${port}\nQUMULO_CA_FILE=${caFile}`,
  };
  const own = { QUMULO_HOST: host, QUMULO_PORT: String(port), QUMULO_CA_FILE: caFile, HOME: at("home") };
  return { ...deployed, deployerToken: token, clock, instead, metrics, env: { PATH: reader.env["PATH"], ...own } };
}

async function deployerToken({ workspace: { cluster } }: DeployedQuickStart): Promise<string> {
  const { user } = await cluster.holderOf(...deploying);
  const created = await cluster.admin.post("/v1/auth/access-tokens/", { user: { auth_id: user.id } });
  return created.field("bearer_token");
}

/** What systemd says of unit files, where it is installed: it warns of a setting that it does not know, and goes on. */
async function systemdComplaints(units: readonly string[]): Promise<string> {
  const found = promisify(execFile)("systemd-analyze", ["verify", ...units]).then(({ stderr }) => stderr);
  return found.catch((error: unknown) => (errorCode(error) === "ENOENT" ? "" : String(error)));
}

/** Runs the one line of a file for cron as cron does: its variables, and the shell that it starts for the command. */
async function runCronLine({ reader, env }: Machine): Promise<ScriptResult> {
  const lines = (await readFile(path.join(reader.folder, "qumulo-rotate.cron"), "utf8")).trim().split("\n");
  const variables = lines.flatMap((line): readonly (readonly [string, string])[] => {
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
  const [, command = ""] = /^(?:[\d*]+ ){5}qumulo-rotate (.*)$/.exec(lines.at(-1) ?? "") ?? [];
  // cron would end the command there.
  expect(command).not.toContain("%");
  const own = { HOME: env["HOME"], ...Object.fromEntries(variables) };
  return runScript(command, { shell: "sh", cwd: "/", env: own });
}

interface Workflow {
  readonly jobs: { readonly rotate: { readonly steps: readonly { readonly run?: string }[] } };
}

interface GitlabPipeline {
  readonly rotate: { readonly script: readonly string[] };
}

/** Runs the steps of the workflow one after another, in a checkout with the configuration in its folder `accounts`. */
async function runWorkflow({ workspace, reader, env, deployerToken: token }: Machine): Promise<ScriptResult> {
  const cwd = path.join(workspace.folder, "checkout");
  await mkdir(cwd);
  await symlink(reader.folder, path.join(cwd, "accounts"));
  let result: ScriptResult = { exitCode: -1, out: "" };
  for (const script of stepsOf(await pipelineFile<Workflow>(".github/workflows/rotation.yml")))
    result = await runScript(script, { shell: "bash-of-github", cwd, env: { ...env, QUMULO_BEARER_TOKEN: token } });
  return result;
}

function stepsOf({ jobs }: Workflow): readonly string[] {
  return jobs.rotate.steps.flatMap(({ run }) => run ?? []);
}

async function pipelineFile<T>(name: string): Promise<T> {
  const block = (await readBlocks(page)).find(({ file }) => file === name);
  // A page's own file, of this shape.
  return parse(block?.code ?? "") as T;
}

onOpenTofu((engine) => {
  test("the guide's job rotates from a systemd timer, from cron and from a workflow, and never two at once", async () => {
    const machine = await givenMachine(engine);
    const { workspace, reader, clock, instead, metrics } = machine;
    const { bearing } = workspace.cluster;
    const working = async (bearerToken: string) => (await bearing(bearerToken).get("/v1/session/who-am-i")).status;
    const expiries: (readonly number[])[] = [];
    let cron: ScriptResult | undefined;

    await follow(reader, page, {
      instead,
      before: {
        // In its last 14 days.
        systemd: () => {
          clock.advance(77 * dayMs);
        },
        cron: async () => {
          expiries.push(await expiriesIn(machine));
          expect(await working(machine.bearerToken)).toBe(200);
          clock.advance(3 * dayMs);
        },
        GitHub: async () => {
          cron = await runCronLine(machine);
          expiries.push(await expiriesIn(machine));
        },
      },
    });
    const complaints = await systemdComplaints(
      ["service", "timer"].map((kind) => path.join(reader.folder, `qumulo-rotate.${kind}`)),
    );
    const second = await reader.run(`(exec 9> .rotate.lock; flock -n 9; sh rotate.sh . 9>&-)`);
    await reader.run("sed -i 's/PRIVILEGE_SNAPSHOT_READ/PRIVILEGE_ROLE_WRITE/' role.tf");
    const tooFar = await runWorkflow(machine);

    expect(complaints).toBe("");
    expect(expiries.map((ends) => ends.length)).toEqual([2, 1]);
    expect(cron).toEqual({ exitCode: 0, out: "" });
    expect(second).toMatchObject({ exitCode: 75, out: "Another run has not ended.\n" });
    // A change that gives more than before is not applied by a timer.
    expect(tooFar).toMatchObject({ exitCode: 1, out: expect.stringContaining("escalating-privilege") });
    expect(tooFar.out).not.toContain("Apply complete");
    expect(await working(machine.bearerToken)).toBe(401);
    expect((await stat(path.join(metrics, "qumulo_access_tokens.prom"))).mode & 0o777).toBe(0o644);
    expect((await stat(path.join(metrics, "qumulo_rotation.prom"))).mode & 0o777).toBe(0o644);
    await expect(stat(path.join(reader.folder, "rotation.tfplan"))).rejects.toThrow("ENOENT");
  });
});

test("the guide's job on GitLab does what the one on GitHub does", async () => {
  const workflow = await pipelineFile<Workflow>(".github/workflows/rotation.yml");
  const { script } = (await pipelineFile<GitlabPipeline>(".gitlab-ci.yml")).rotate;

  const [first = "", ...rest] = script;

  expect(first).toBe('chmod 600 "$QUMULO_CREDENTIALS_FILE"');
  expect(rest.join("\n")).toBe(stepsOf(workflow).join("\n").replaceAll("\n\n", "\n").trim());
});

test("the guide's alerts ask for metrics that there are", async () => {
  const blocks = await readBlocks(page);
  const written = blocks.filter(({ language }) => language === "bash").map(({ code }) => code);
  const source = await readFile(path.join(getAcceptanceGround().root, "src/cli/tokens/render-prometheus.ts"), "utf8");
  const rules = blocks.find(({ file }) => file === "qumulo-rules.yml")?.code ?? "";

  const named = new Set([...rules.matchAll(/\bqumulo_\w+/g)].map(([name]) => name));

  expect(named.size).toBe(3);
  for (const name of named) expect([source, ...written].join("\n")).toContain(name);
});
