import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import * as v from "valibot";

/** What `cdktf-qumulo simulate --json` says once it listens. */
const announcementSchema = v.object({
  url: v.string(),
  host: v.string(),
  port: v.number(),
  ca_file: v.string(),
  certificate_sha256: v.string(),
  username: v.string(),
  password: v.string(),
});

/** A simulated cluster in a process of its own. */
export interface SimulatedCluster extends v.InferOutput<typeof announcementSchema> {
  readonly process: ChildProcess;
}

/** Starts the simulator through the command line, on any free port. */
export async function startSimulatedCluster(commandLine: string): Promise<SimulatedCluster> {
  const child = spawn(process.execPath, [commandLine, "simulate", "--port", "0", "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
    // Out of the terminal's group: after Ctrl-C the demo still needs the cluster to clean up.
    detached: true,
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(new Error(`The simulator ended with status ${String(code)} before it listened.`));
    });
    createInterface({ input: child.stdout }).once("line", resolve);
  });
  return { ...v.parse(announcementSchema, JSON.parse(line)), process: child };
}

/** Stops the simulator and waits until it is gone. */
export async function stopSimulatedCluster({ process: child }: SimulatedCluster): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await gone;
}
