import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Code } from "@connectrpc/connect";
import { engineEnvironment, type Handshake, type PluginProcess } from "../support/provider/plugin-process.ts";
import { eventually, isAlive, whenEnded } from "../support/processes/processes.ts";
import { creating, engine, givenStandInProcesses } from "../support/processes/stand-in-processes.ts";

const processes = givenStandInProcesses();

/** Where the stand-in writes what it has done, with nothing there yet. */
function givenMarker(name: string): { readonly path: string; readonly text: () => string | undefined } {
  const path = processes.path(name);
  rmSync(path, { force: true });
  return { path, text: () => (existsSync(path) ? readFileSync(path, "utf8") : undefined) };
}

test.each([
  ["over TLS", { PLUGIN_CLIENT_CERT: engine.cert }],
  ["on a plain connection", {}],
])("an operation learns that its engine is gone and undoes, %s, and then the process ends", async (_, env) => {
  const marker = givenMarker("undone");
  const plugin = processes.start(engineEnvironment({ ...env, STAND_IN_MARKER: marker.path }));
  const connection = await plugin.connect("PLUGIN_CLIENT_CERT" in env ? engine : undefined);
  connection.provider.applyResourceChange(creating("undoing")).catch(() => undefined);
  await plugin.says("waiting undoing");
  const before = marker.text();

  connection.cut();
  const exit = await plugin.exited;

  expect(before).toBeUndefined();
  expect(marker.text()).toBe("undoing done");
  expect(exit).toEqual({ code: 0, signal: null });
});

test("a call that is given up is not an engine that is gone", async () => {
  const marker = givenMarker("given-up");
  const plugin = processes.startAsEngine({ STAND_IN_MARKER: marker.path });
  const { provider } = await plugin.connect(engine);
  const givingUp = new AbortController();
  const applying = provider.applyResourceChange(creating("undoing"), { signal: givingUp.signal });
  applying.catch(() => undefined);
  await plugin.says("waiting undoing");

  givingUp.abort();
  await expect(applying).rejects.toMatchObject({ code: Code.Canceled });
  await provider.getProviderSchema({});

  expect(marker.text()).toBeUndefined();
  expect(plugin.child.exitCode).toBeNull();
});

test("a stop is not an engine that is gone", async () => {
  const marker = givenMarker("stopped");
  const plugin = processes.startAsEngine({ STAND_IN_MARKER: marker.path });
  const { provider } = await plugin.connect(engine);
  provider.applyResourceChange(creating("undoing")).catch(() => undefined);
  await plugin.says("waiting undoing");

  await provider.stopProvider({});
  await provider.getProviderSchema({});

  expect(marker.text()).toBeUndefined();
});

test("what an engine gives up that shuts the process down is undone before the answer", async () => {
  const marker = givenMarker("shut-down");
  const plugin = processes.startAsEngine({ STAND_IN_MARKER: marker.path });
  const { provider, controller } = await plugin.connect(engine);
  provider.applyResourceChange(creating("undoing")).catch(() => undefined);
  await plugin.says("waiting undoing");

  await controller.shutdown({});
  // Not what it prints: that comes another way than the answer, and may come later.
  const atAnswer = marker.text();

  expect(atAnswer).toBe("undoing done");
  await expect(plugin.exited).resolves.toEqual({ code: 0, signal: null });
});

test("undoing has an end, and the process with it", async () => {
  const marker = givenMarker("for-ever");
  const plugin = processes.startAsEngine({ STAND_IN_MARKER: marker.path, STAND_IN_UNDO_TIME_MS: "50" });
  const { address } = await plugin.handshake();
  const connection = await plugin.connect(engine);
  connection.provider.applyResourceChange(creating("undoing for ever")).catch(() => undefined);
  await plugin.says("waiting undoing for ever");

  connection.cut();
  const exit = await plugin.exited;

  expect(exit).toEqual({ code: 0, signal: null });
  expect(marker.text()).toBe("undoing for ever begun");
  expect(existsSync(dirname(address))).toBe(false);
});

test("of engines that are attached to one process, only the one that is gone is gone", async () => {
  const marker = givenMarker("attached");
  const plugin = processes.start({ STAND_IN_MARKER: marker.path }, { args: ["--debug"] });
  await plugin.says("TF_REATTACH_PROVIDERS");
  const [, network = "", address = ""] = /"Network":"(.*?)","String":"(.*?)"/.exec(plugin.stdout) ?? [];
  const connections = ["one", "other"].map((name) => {
    const connection = plugin.connectTo({ network, address, certificate: undefined });
    connection.provider.applyResourceChange(creating(`undoing ${name}`)).catch(() => undefined);
    return connection;
  });
  await plugin.says("waiting undoing one");
  await plugin.says("waiting undoing other");

  connections[0]?.cut();
  await plugin.says("undone undoing one");
  await connections[1]?.provider.getProviderSchema({});

  expect(plugin.stderr).not.toContain("undone undoing other");
  expect(plugin.child.exitCode).toBeNull();
});

/** Starts the stand-in as an engine does, tells its id and then its handshake, and lives until it is killed. */
const parentProgram = `
  const { spawn } = require("node:child_process");
  const env = { ...process.env, ENGINE: process.pid };
  const plugin = spawn(process.execPath, process.argv.slice(1), { env, stdio: ["ignore", "pipe", "inherit"] });
  process.stdout.write(plugin.pid + " ");
  plugin.stdout.once("data", (line) => process.stdout.write(line));
`;

/** Holds a process up until its engine is gone, `before` or `after` it has written its handshake. */
function heldUp(when: "before" | "after"): string {
  return `data:text/javascript,${encodeURIComponent(`
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    const { writeSync } = fs;
    const wait = () => { while (String(process.ppid) === process.env.ENGINE); };
    fs.writeSync = (descriptor, text) => {
      if (descriptor !== 1) return writeSync(descriptor, text);
      if (${when === "before"}) wait();
      writeSync(descriptor, text);
      if (${when === "after"}) wait();
    };
    syncBuiltinESMExports();
  `)}`;
}

/** @param args - what it starts Node.js with */
function startParent(env: NodeJS.ProcessEnv, args: readonly string[]): PluginProcess {
  const nodeArgs = ["-e", parentProgram, "--", ...args];
  return processes.start(engineEnvironment({ PLUGIN_CLIENT_CERT: engine.cert, ...env }), { nodeArgs });
}

/** A stand-in whose engine's process is another one than the engine that a test connects with. */
async function givenPluginOf(env: NodeJS.ProcessEnv): Promise<{
  readonly parent: PluginProcess;
  readonly pid: number;
  readonly handshake: Handshake;
}> {
  const parent = startParent(env, [processes.program()]);
  const { line, ...rest } = await parent.handshake();
  return { parent, pid: Number.parseInt(line, 10), handshake: { line, ...rest } };
}

(process.platform === "win32" ? describe.skip : describe)("an engine's process", () => {
  test("that dies before it connects leaves no process behind", async () => {
    const { parent, pid } = await givenPluginOf({});
    const wasAlive = await isAlive(pid);

    parent.child.kill("SIGKILL");
    await whenEnded([pid]);

    expect(wasAlive).toBe(true);
  });

  test.each([
    ["before the handshake is written", "before", /^\d+ $/],
    ["as soon as the handshake is written", "after", /^\d+ .*\n$/],
  ] as const)("that dies %s leaves no process behind", async (_, when, told) => {
    const parent = startParent({}, ["--import", heldUp(when), processes.program()]);
    await eventually(() => told.test(parent.stdout), "it has told what it knows");
    const pid = Number.parseInt(parent.stdout, 10);
    const wasAlive = await isAlive(pid);

    parent.child.kill("SIGKILL");
    await whenEnded([pid]);

    expect(wasAlive).toBe(true);
  });

  test("that dies is noticed also where its connection stays open", async () => {
    const marker = givenMarker("half-open");
    const { parent, pid, handshake } = await givenPluginOf({ STAND_IN_MARKER: marker.path });
    const { provider } = parent.connectTo(handshake, engine);
    provider.applyResourceChange(creating("undoing")).catch(() => undefined);
    await parent.says("waiting undoing");

    parent.child.kill("SIGKILL");
    await whenEnded([pid]);

    expect(marker.text()).toBe("undoing done");
  });
});
