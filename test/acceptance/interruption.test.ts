import { readdir } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { runEngine } from "../../src/engine/run.ts";
import { givenWorkspace, onEveryEngine, printed, type Workspace } from "../support/engines/given-workspace.ts";
import { eventually, listDescendants, type SeenProcess, whenEnded } from "../support/processes/processes.ts";
import { givenTemporaryFolder, isProvider, startApply, type StartedApply } from "../support/engines/started-apply.ts";

const user = `
resource "qumulo_local_user" "svc" {
  name = "svc-a"
}
`;

const followed = `${user}
resource "qumulo_role" "after" {
  name        = "after"
  description = qumulo_local_user.svc.id
  privileges  = []
}
`;

/**
 * Starts an apply that creates the user, and does something while the cluster has the request for it. The engine says
 * "Creating..." before it asks the provider to: who stops it then may find that nothing has begun.
 */
async function whileCreating(
  workspace: Workspace,
  interrupt: (started: StartedApply) => Promise<void>,
  extra: Readonly<Record<string, string>> = {},
): Promise<StartedApply> {
  const requested = whenAskedToCreate(workspace, async () => interrupt(started));
  const started = startApply(workspace, extra);
  await requested;
  return started;
}

/** Resolves once what is done in the middle of the request that creates the user is done. */
async function whenAskedToCreate({ cluster }: Workspace, meanwhile: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const held = async (): Promise<void> => {
      await meanwhile().then(resolve, reject);
    };
    cluster.simulator.failNext({ method: "POST", path: /^\/v1\/users\//, with: { kind: "hold", meanwhile: held } });
  });
}

async function heardInterrupt({ output }: StartedApply): Promise<void> {
  await eventually(() => output().includes("Interrupt received"), "the engine heard the interrupt");
}

function idsOf(processes: readonly SeenProcess[]): readonly number[] {
  return processes.map(({ pid }) => pid);
}

/** How long the cluster takes for each answer, also for those after the one that is interrupted. */
const slow = { latencyMs: 300 };

onEveryEngine((engine) => {
  test("Ctrl-C in the middle of an apply: what was being created is in state, and nothing is created after it", async () => {
    const workspace = await givenWorkspace(engine, followed, slow);
    const temporary = await givenTemporaryFolder();
    const below: SeenProcess[] = [];
    const interrupt = async (started: StartedApply): Promise<void> => {
      below.push(...(await listDescendants(started.pid)));
      // As a terminal does it: everybody in the group gets it, also the provider.
      process.kill(-started.pid, "SIGINT");
      await heardInterrupt(started);
    };

    const { ended, output } = await whileCreating(workspace, interrupt, { TMPDIR: temporary });
    const exitCode = await ended;

    const made = await workspace.state("qumulo_local_user.svc");
    const onCluster = await workspace.cluster.admin.get(`/v1/users/${String(made["id"])}`);
    expect(exitCode).toBe(1);
    expect(output()).toContain("Interrupt received");
    expect(onCluster.field("name")).toBe("svc-a");
    expect((await workspace.run("state", "list")).stdout.trim()).toBe("qumulo_local_user.svc");
    expect((await workspace.cluster.admin.get("/v1/auth/roles/after")).status).toBe(404);
    expect(below.some(isProvider)).toBe(true);
    await whenEnded(idsOf(below.filter(isProvider)));
    expect(await readdir(temporary)).toEqual([]);
  });

  test("a second Ctrl-C ends the apply at once, and the provider with it", async () => {
    const workspace = await givenWorkspace(engine, user);
    const below: SeenProcess[] = [];
    // No answer comes before all is over.
    const interruptTwice = async (started: StartedApply): Promise<void> => {
      below.push(...(await listDescendants(started.pid)));
      process.kill(-started.pid, "SIGINT");
      await heardInterrupt(started);
      process.kill(-started.pid, "SIGINT");
      await started.ended;
      await whenEnded(idsOf(below));
    };

    const { output } = await whileCreating(workspace, interruptTwice);

    expect(output()).toContain("Two interrupts received");
    expect(below.some(isProvider)).toBe(true);
  });

  test("when the engine is killed, the provider finishes what is under way and ends by itself", async () => {
    const workspace = await givenWorkspace(engine, user, slow);
    const temporary = await givenTemporaryFolder();
    const below: SeenProcess[] = [];
    const kill = async ({ pid, ended }: StartedApply): Promise<void> => {
      below.push(...(await listDescendants(pid)));
      process.kill(pid, "SIGKILL");
      await ended;
    };

    await whileCreating(workspace, kill, { TMPDIR: temporary });

    expect(below.some(isProvider)).toBe(true);
    await whenEnded(idsOf(below));
    expect(await readdir(temporary)).toEqual([]);
  });

  test("an ordinary run leaves no process and no file behind", async () => {
    const workspace = await givenWorkspace(engine, user);
    const temporary = await givenTemporaryFolder();
    const before = (await listDescendants(process.pid)).map(({ pid }) => pid);

    const applied = await workspace.runWith({ TMPDIR: temporary }, "apply", "-no-color", "-auto-approve");

    expect(applied.exitCode).toBe(0);
    expect(await readdir(temporary)).toEqual([]);
    expect((await listDescendants(process.pid)).filter(({ pid }) => !before.includes(pid))).toEqual([]);
  });

  test("one stop of a run from a program ends it like Ctrl-C", async () => {
    const workspace = await givenWorkspace(engine, followed, slow);
    const stop = new AbortController();
    const printedSoFar: string[] = [];
    const requested = whenAskedToCreate(workspace, async () => {
      stop.abort();
      await eventually(() => printedSoFar.join("").includes("Interrupt received"), "the engine heard the stop");
    });

    const result = await runEngine(
      { ...workspace.place, stop: stop.signal, onOutput: ({ text }) => printedSoFar.push(text) },
      ["apply", "-no-color", "-auto-approve"],
    );

    await requested;
    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain("Interrupt received");
    expect((await workspace.run("state", "list")).stdout.trim()).toBe("qumulo_local_user.svc");
  });
});
