import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterEach } from "@jest/globals";
import type { Environment } from "../../../src/engine/program.ts";
import { getAcceptanceGround } from "../engines/acceptance-ground.ts";

/** A process of the provider that engines attach to. */
export interface AttachedProvider {
  readonly child: ChildProcess;
  /** Where its socket is. */
  readonly socketFolder: string;
  /** What `TF_REATTACH_PROVIDERS` is to hold. */
  readonly attach: string;
}

const started: Pick<AttachedProvider, "child" | "socketFolder">[] = [];

afterEach(async () => {
  for (const { child, socketFolder } of started.splice(0)) {
    child.kill("SIGKILL");
    await rm(socketFolder, { recursive: true, force: true });
  }
});

/** Starts the built provider for one test, with these variables in its environment. */
export async function givenAttachedProvider(env: Environment): Promise<AttachedProvider> {
  const socketFolder = await mkdtemp(path.join(tmpdir(), "sockets-"));
  const child = spawn(path.join(getAcceptanceGround().library, "dist/terraform-provider-qumulo"), ["--debug"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...env, PLUGIN_UNIX_SOCKET_DIR: socketFolder },
  });
  started.push({ child, socketFolder });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, attach] = /^TF_REATTACH_PROVIDERS='(.*)'$/.exec(line) ?? [];
    if (attach !== undefined) return { child, socketFolder, attach };
  }
  throw new Error("The provider did not say how to attach.");
}
