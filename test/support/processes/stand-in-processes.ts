import { afterAll, afterEach, beforeAll } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sent } from "../provider/call-provider.ts";
import { bundle, createEngineCertificate, engineEnvironment, PluginProcess } from "../provider/plugin-process.ts";
import { standInThing } from "./stand-in-server.ts";

/** The certificate of the engine in a test file. */
export const engine = createEngineCertificate();

/** Type name of the stand-in's only resource. */
export const typeName = "standin_thing";

type Options = ConstructorParameters<typeof PluginProcess>[2];

/** Processes of the stand-in's program, which end with the test that has started them. */
export interface StandInProcesses {
  /** Starts one in this environment and no other. */
  start(env: NodeJS.ProcessEnv, options?: Options): PluginProcess;
  /** Starts one as {@link engine} does. */
  startAsEngine(more?: NodeJS.ProcessEnv): PluginProcess;
  /** The program's path, for whoever starts it otherwise. */
  program(): string;
  /** A path for a file or directory of one test. */
  path(name: string): string;
}

/** Bundles the program once per test file. */
export function givenStandInProcesses(): StandInProcesses {
  const started: PluginProcess[] = [];
  const directory = mkdtempSync(join(tmpdir(), "stand-in-"));
  let standIn: ReturnType<typeof bundle> | undefined;
  beforeAll(() => {
    standIn = bundle("processes/stand-in-main");
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map(async (plugin) => plugin.dispose()));
  });
  afterAll(() => {
    standIn?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const start = (env: NodeJS.ProcessEnv, options?: Options): PluginProcess => {
    const plugin = new PluginProcess(standIn?.program ?? "", { TMPDIR: directory, ...env }, options);
    started.push(plugin);
    return plugin;
  };
  return {
    start,
    startAsEngine: (more = {}) => start(engineEnvironment({ PLUGIN_CLIENT_CERT: engine.cert, ...more })),
    program: () => standIn?.program ?? "",
    path: (name) => join(directory, name),
  };
}

/** A request to create a thing of this name. */
export function creating(name: string): {
  readonly typeName: string;
  readonly plannedState: { readonly msgpack: Uint8Array };
} {
  return { typeName, plannedState: sent(standInThing({ name })) };
}
