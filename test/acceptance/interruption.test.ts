import { readdir } from "node:fs/promises";
import { expect, test } from "@jest/globals";
import { runEngine } from "../../src/engine/run.ts";
import { givenWorkspace, onEveryEngine, printed, type Workspace } from "../support/engines/given-workspace.ts";
import { eventually, isAlive, listDescendants } from "../support/processes/processes.ts";
import { givenTemporaryFolder, startApply } from "../support/engines/started-apply.ts";

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

/** Starts an apply, and waits until it is creating the user. */
async function startCreating(workspace: Workspace, extra: Readonly<Record<string, string>> = {}) {
  const started = startApply(workspace, extra);
  const creating = "qumulo_local_user.svc: Creating...";
  await eventually(() => started.output().includes(creating), "the user is being created");
  return started;
}

/** How long the cluster takes for each answer: long enough to be interrupted in the middle. */
const slow = { latencyMs: 700 };

onEveryEngine((engine) => {
  test("Ctrl-C in the middle of an apply: what was being created is in state, and nothing is created after it", async () => {
    const workspace = await givenWorkspace(engine, followed, slow);
    const temporary = await givenTemporaryFolder();
    const { pid, ended, output } = await startCreating(workspace, { TMPDIR: temporary });
    const providers = (await listDescendants(pid)).filter(({ commandLine }) => commandLine.includes("provider-qumulo"));

    // As a terminal does it: everybody in the group gets it, also the provider.
    process.kill(-pid, "SIGINT");
    const exitCode = await ended;

    const made = await workspace.state("qumulo_local_user.svc");
    const onCluster = await workspace.cluster.admin.get(`/v1/users/${String(made["id"])}`);
    expect(exitCode).toBe(1);
    expect(output()).toContain("Interrupt received");
    expect(onCluster.field("name")).toBe("svc-a");
    expect((await workspace.run("state", "list")).stdout.trim()).toBe("qumulo_local_user.svc");
    expect((await workspace.cluster.admin.get("/v1/auth/roles/after")).status).toBe(404);
    expect(providers).not.toEqual([]);
    for (const provider of providers)
      await eventually(async () => !(await isAlive(provider.pid)), "the provider ended");
    expect(await readdir(temporary)).toEqual([]);
  });

  test("a second Ctrl-C ends the apply at once, and the provider with it", async () => {
    const workspace = await givenWorkspace(engine, user);
    workspace.cluster.simulator.failNext({ method: "POST", path: /^\/v1\/users\//, with: { kind: "hang" } });
    const { pid, ended, output } = await startCreating(workspace);
    const below = await listDescendants(pid);

    process.kill(-pid, "SIGINT");
    await eventually(() => output().includes("Interrupt received"), "the engine heard the first");
    process.kill(-pid, "SIGINT");
    await ended;

    expect(output()).toContain("Two interrupts received");
    for (const process of below) await eventually(async () => !(await isAlive(process.pid)), "everything ended");
  });

  test("when the engine is killed, the provider finishes what is under way and ends by itself", async () => {
    const workspace = await givenWorkspace(engine, user, slow);
    const temporary = await givenTemporaryFolder();
    const { pid, ended } = await startCreating(workspace, { TMPDIR: temporary });
    const below = await listDescendants(pid);

    process.kill(pid, "SIGKILL");
    await ended;

    expect(below.some(({ commandLine }) => commandLine.includes("provider-qumulo"))).toBe(true);
    for (const process of below) await eventually(async () => !(await isAlive(process.pid)), "everything ended");
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

    const result = await runEngine(
      {
        ...workspace.place,
        stop: stop.signal,
        onOutput: ({ text }) => {
          if (text.includes("qumulo_local_user.svc: Creating...")) stop.abort();
        },
      },
      ["apply", "-no-color", "-auto-approve"],
    );

    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain("Interrupt received");
    expect((await workspace.run("state", "list")).stdout.trim()).toBe("qumulo_local_user.svc");
  });
});
