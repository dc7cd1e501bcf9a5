import { readdir } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { givenWorkspace, onEveryEngine, type Workspace } from "../support/engines/given-workspace.ts";
import { eventually, listDescendants, whenEnded } from "../support/processes/processes.ts";
import { givenTemporaryFolder, isProvider, startApply, type StartedApply } from "../support/engines/started-apply.ts";

const accounts = `
resource "qumulo_local_user" "svc" {
  count = 3
  name  = "svc-\${count.index}"
}

resource "qumulo_access_token" "svc" {
  count      = 3
  user       = "auth_id:\${qumulo_local_user.svc[count.index].id}"
  expires_in = "30d"
}
`;

/** An apply, and what it has done so far. */
interface Run extends StartedApply {
  readonly workspace: Workspace;
  /** Where the provider's processes have their sockets. */
  readonly temporary: string;
}

/** When to kill the engine: each is a moment that comes once in every apply. */
const moments: readonly (readonly [string, (run: Run) => Promise<boolean> | boolean])[] = [
  ["it starts the first provider", async ({ pid }) => (await providersBelow(pid)).length > 0],
  ["the first provider makes its socket", async ({ temporary }) => (await readdir(temporary)).length > 0],
  ["the provider logs in", ({ workspace }) => wrote(workspace, /session\/login/) > 1],
  ["the first object is created", ({ output }) => output().includes("Creating...")],
  ["a user is there", ({ workspace }) => wrote(workspace, /^\/v1\/users/) > 0],
  ["an access token is there", ({ workspace }) => wrote(workspace, /access-tokens/) > 0],
];

function wrote({ cluster }: Workspace, path: RegExp): number {
  return cluster.simulator.requests.filter((request) => request.method !== "GET" && path.test(request.path)).length;
}

async function providersBelow(pid: number): Promise<readonly number[]> {
  const below = await listDescendants(pid);
  return below.filter(isProvider).map(({ pid: found }) => found);
}

async function start(workspace: Workspace, extra: Readonly<Record<string, string>> = {}): Promise<Run> {
  const temporary = await givenTemporaryFolder();
  return { ...startApply(workspace, { ...extra, TMPDIR: temporary }), workspace, temporary };
}

/** Waits until no process of the run is left, and nothing that one has made. */
async function expectNothingLeft({ temporary }: Run, processes: readonly number[]): Promise<void> {
  await whenEnded(processes);
  // Also of a process that was started too late to be among these.
  await eventually(async () => (await readdir(temporary)).length === 0, "its socket is gone");
}

/** Long enough for each answer to be interrupted in the middle. */
const slow = { latencyMs: 150 };

// The moments are the provider's: any engine will do.
onEveryEngine((engine) => {
  if (engine.name !== "opentofu") return;
  test.each(
    [{}, { TF_DISABLE_PLUGIN_TLS: "1" }].flatMap((env) =>
      moments.map(([name, isNow]) => ({ name, variables: Object.keys(env).join(), isNow, env })),
    ),
  )("when $name, it leaves no provider behind $variables", async ({ isNow, env }) => {
    const workspace = await givenWorkspace(engine, accounts, slow);
    const run = await start(workspace, env);
    await eventually(async () => isNow(run), "the moment has come");
    const providers = await providersBelow(run.pid);

    process.kill(run.pid, "SIGKILL");
    await run.ended;

    await expectNothingLeft(run, providers);
  });
});

onEveryEngine((engine) => {
  test("when it is killed, nothing further is destroyed", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `svc-${index}`);
    const configuration = (members: readonly string[]) => `
resource "qumulo_role" "all" {
  name       = "all"
  privileges = ["PRIVILEGE_QUOTA_READ"]
}

resource "qumulo_role_members" "all" {
  role_name = qumulo_role.all.name
  members   = ${JSON.stringify(members.map((name) => `local:${name}`))}
}
`;
    const workspace = await givenWorkspace(engine, configuration(names), { localUsers: names, latencyMs: 100 });
    await workspace.apply();
    await workspace.write(configuration([]));
    const deletions = () => workspace.cluster.simulator.requests.filter(({ method }) => method === "DELETE").length;
    const run = await start(workspace);
    await eventually(() => deletions() > 0, "the first member is removed");
    const providers = await providersBelow(run.pid);

    process.kill(run.pid, "SIGKILL");
    const before = deletions();
    await run.ended;
    await expectNothingLeft(run, providers);

    // One may have been under way, and one more sent before the provider heard of it.
    expect(deletions() - before).toBeLessThanOrEqual(2);
  });

  test("an engine that is paused is not dead: its provider goes on, and it finds the answer when it wakes", async () => {
    const workspace = await givenWorkspace(engine, accounts);
    const { simulator } = workspace.cluster;
    const run = await start(workspace);
    const pausing = async (): Promise<void> => {
      process.kill(run.pid, "SIGSTOP");
      return Promise.resolve();
    };
    simulator.failNext({ method: "POST", path: /^\/v1\/users/, with: { kind: "hold", meanwhile: pausing } });

    await eventually(() => wrote(workspace, /^\/v1\/users/) > 0, "the provider has created a user");
    const wasRunning = (await providersBelow(run.pid)).length > 0;
    process.kill(run.pid, "SIGCONT");

    expect(wasRunning).toBe(true);
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain("6 added");
  });
});
