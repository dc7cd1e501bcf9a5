import { expect, test } from "@jest/globals";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { Code } from "@connectrpc/connect";
import { received, sent } from "../support/provider/call-provider.ts";
import type { Connection, PluginProcess } from "../support/provider/plugin-process.ts";
import { creating, engine, givenStandInProcesses } from "../support/processes/stand-in-processes.ts";
import { standInThing } from "../support/processes/stand-in-server.ts";
import { value } from "../support/provider/values.ts";

const processes = givenStandInProcesses();

test("a shutdown is answered, ends the process, and leaves nothing behind", async () => {
  const plugin = processes.startAsEngine();
  const { address } = await plugin.handshake();
  const { controller, stdio } = await plugin.connect(engine);
  const streaming = stdio.streamStdio({})[Symbol.asyncIterator]().next();
  streaming.catch(() => undefined);

  const answer = await controller.shutdown({});
  const exit = await plugin.exited;

  expect(answer).toMatchObject({ $typeName: "plugin.Empty" });
  expect(exit).toEqual({ code: 0, signal: null });
  expect(existsSync(dirname(address))).toBe(false);
});

test("a shutdown waits for no work that hangs", async () => {
  const plugin = processes.startAsEngine({ STAND_IN_MARKER: processes.path("hanging") });
  const { provider, controller } = await plugin.connect(engine);
  const applying = provider.applyResourceChange(creating("held"));
  applying.catch(() => undefined);
  await plugin.says("holding");

  await controller.shutdown({});

  await expect(plugin.exited).resolves.toEqual({ code: 0, signal: null });
});

test("an interrupt of the terminal changes nothing", async () => {
  const plugin = processes.startAsEngine({ STAND_IN_MARKER: processes.path("interrupted"), TF_LOG: "DEBUG" });
  const { provider } = await plugin.connect(engine);
  const applying = provider.applyResourceChange(creating("held"));
  await plugin.says("holding");

  plugin.child.kill("SIGINT");
  await plugin.says("ignored an interrupt");
  plugin.child.kill("SIGUSR2");
  const { newState } = await applying;

  expect(received(newState)).toEqual(standInThing({ name: "held" }));
  await expect(provider.getProviderSchema({})).resolves.toBeDefined();
});

test("a stop ends waits, and neither the work's answer nor the process", async () => {
  const plugin = processes.startAsEngine({ STAND_IN_MARKER: processes.path("stopped") });
  const { provider } = await plugin.connect(engine);
  const applying = provider.applyResourceChange(creating("held"));
  await plugin.says("holding");

  const { Error: error } = await provider.stopProvider({});
  const { newState } = await applying;

  expect(error).toBe("");
  expect(received(newState)).toEqual(standInThing({ name: "held" }));
  await expect(provider.getProviderSchema({})).resolves.toBeDefined();
});

test("a request to terminate lets work finish and answer first", async () => {
  const plugin = processes.startAsEngine({ STAND_IN_MARKER: processes.path("terminated") });
  const { provider } = await plugin.connect(engine);
  const applying = provider.applyResourceChange(creating("held"));
  await plugin.says("holding");

  plugin.child.kill("SIGTERM");
  plugin.child.kill("SIGUSR2");
  const { newState } = await applying;

  expect(received(newState)).toEqual(standInThing({ name: "held" }));
  await expect(plugin.exited).resolves.toEqual({ code: 0, signal: null });
});

test("when the engine dies, an idle provider ends and leaves nothing behind", async () => {
  const plugin = processes.startAsEngine();
  const { address } = await plugin.handshake();
  const connection = await plugin.connect(engine);
  await connection.provider.getProviderSchema({});

  connection.cut();

  await expect(plugin.exited).resolves.toEqual({ code: 0, signal: null });
  expect(existsSync(dirname(address))).toBe(false);
});

test("when the engine dies, work under way is finished first", async () => {
  const plugin = processes.startAsEngine({ STAND_IN_MARKER: processes.path("orphaned"), TF_LOG: "DEBUG" });
  const connection = await plugin.connect(engine);
  connection.provider.applyResourceChange(creating("held")).catch(() => undefined);
  await plugin.says("holding");

  connection.cut();
  await plugin.says("the engine is gone");
  const wasRunning = plugin.child.exitCode === null;
  plugin.child.kill("SIGUSR2");
  const exit = await plugin.exited;

  expect(wasRunning).toBe(true);
  expect(exit).toEqual({ code: 0, signal: null });
  expect(readFileSync(processes.path("orphaned"), "utf8")).toBe("finished");
});

test.each<[string, (open: Opened) => void]>([
  [
    "the engine dies",
    ({ connection }) => {
      connection.cut();
    },
  ],
  [
    "it is asked to terminate",
    ({ plugin }) => {
      plugin.child.kill("SIGTERM");
    },
  ],
  [
    "it is shut down",
    ({ connection }) => {
      connection.controller.shutdown({}).catch(() => undefined);
    },
  ],
])("what is still open when %s is closed before the process ends", async (_, end) => {
  const marker = processes.path("leftovers");
  rmSync(marker, { force: true });
  const plugin = processes.startAsEngine({ STAND_IN_MARKER: marker });
  const connection = await plugin.connect(engine);
  const config = sent(value({ name: "x" }), "key");
  await connection.provider.openEphemeralResource({ typeName: "standin_key", config });

  end({ plugin, connection });
  await plugin.says("closing leftovers");
  const wasRunning = plugin.child.exitCode === null;
  plugin.child.kill("SIGUSR2");
  const exit = await plugin.exited;

  expect(wasRunning).toBe(true);
  expect(exit).toEqual({ code: 0, signal: null });
  expect(readFileSync(marker, "utf8")).toBe("closed standin_key");
});

interface Opened {
  readonly plugin: PluginProcess;
  readonly connection: Connection;
}

test("when the engine ends the stream that it held open, the provider ends", async () => {
  const plugin = processes.startAsEngine();
  const { stdio, provider } = await plugin.connect(engine);
  const leaving = new AbortController();
  const streaming = stdio.streamStdio({}, { signal: leaving.signal })[Symbol.asyncIterator]().next();
  streaming.catch(() => undefined);
  await provider.getProviderSchema({});

  leaving.abort();

  await expect(plugin.exited).resolves.toEqual({ code: 0, signal: null });
});

test("a call that the engine gives up does not disturb the others", async () => {
  const plugin = processes.startAsEngine({ STAND_IN_MARKER: processes.path("given-up") });
  const { provider } = await plugin.connect(engine);
  const givingUp = new AbortController();
  const applying = provider.applyResourceChange(creating("held"), { signal: givingUp.signal });
  applying.catch(() => undefined);
  await plugin.says("holding");

  givingUp.abort();
  await expect(applying).rejects.toMatchObject({ code: Code.Canceled });
  plugin.child.kill("SIGUSR2");

  await expect(provider.getProviderSchema({})).resolves.toBeDefined();
  expect(plugin.child.exitCode).toBeNull();
  expect(plugin.stderr).not.toContain("rpc");
});

test("a crash is told in the words that engines look for", async () => {
  const plugin = processes.startAsEngine();
  const { provider } = await plugin.connect(engine);

  await expect(provider.applyResourceChange(creating("crash"))).rejects.toThrow();
  const exit = await plugin.exited;

  expect(exit).toEqual({ code: 2, signal: null });
  const [line = "", ...rest] = plugin.stderr.slice(plugin.stderr.indexOf("panic:")).trimEnd().split("\n");
  expect(line).toMatch(
    /^panic: terraform-provider-standin met an unexpected error: Error at program\.cjs:\d+:\d+ .*Please report this line/,
  );
  // The stand-in's error holds a text, as a library's may hold a secret.
  expect(plugin.stderr).not.toContain("the stand-in crashed");
  expect(rest).toEqual([]);
});

test("what a process logs of its own is JSON, where the engine asks for it", async () => {
  const plugin = processes.startAsEngine({ TF_LOG_PROVIDER: "DEBUG" });
  const connection = await plugin.connect(engine);
  await connection.provider.getProviderSchema({});
  connection.cut();
  await plugin.exited;

  const lines = plugin.stderr.split("\n").filter((line) => line.startsWith("{"));
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    expect.objectContaining({
      "@level": "debug",
      "@timestamp": expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
    }),
  ]);
});

test("in debug mode it serves one engine after another, configured anew, until Ctrl-C", async () => {
  const plugin = processes.start({}, { args: ["--debug"] });
  await plugin.says("TF_REATTACH_PROVIDERS");
  const [, json = ""] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(plugin.stdout) ?? [];
  const target = (JSON.parse(json) as Record<string, { Pid: number; Addr: { Network: string; String: string } }>)[
    "example/standin"
  ];
  const handshake = { network: target?.Addr.Network ?? "", address: target?.Addr.String ?? "", certificate: undefined };

  await useOnce(plugin.connectTo(handshake));
  await useOnce(plugin.connectTo(handshake));
  const isStillThere = plugin.child.exitCode === null;
  plugin.child.kill("SIGINT");

  expect(target?.Pid).toBe(plugin.child.pid);
  expect(isStillThere).toBe(true);
  await expect(plugin.exited).resolves.toEqual({ code: 0, signal: null });
});

async function useOnce({ provider, controller, cut }: Connection): Promise<void> {
  await provider.configureProvider({});
  await controller.shutdown({});
  cut();
}
