import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** Where a simulator in another process listens. */
export interface Served {
  readonly host: string;
  readonly port: number;
  readonly certificatePem: string;
  readonly password: string;
}

/** Bundles the program once, so that processes start quickly. */
export function bundleSimulator(): {
  readonly start: (largestFile?: number) => SimulatorProcess;
  readonly remove: () => void;
} {
  // Below the project, so that the database library is found.
  const cache = join(__dirname, "../../../node_modules/.cache/cdktf-qumulo");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "simulator-"));
  const program = join(folder, "simulator.cjs");
  buildSync({
    entryPoints: [join(__dirname, "simulator-main.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["libsql"],
    logLevel: "error",
  });
  return {
    start: (largestFile) => new SimulatorProcess(program, largestFile),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A process that loads the simulator and waits to be told its data folder. */
export class SimulatorProcess {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #said = "";
  #complaints = "";

  /** @param largestFile - in blocks of a shell's `ulimit -f`, as a disk that is full: no file of this process grows beyond */
  constructor(program: string, largestFile?: number) {
    const limit = largestFile === undefined ? "" : `trap '' XFSZ; ulimit -f ${largestFile}; `;
    const args = ["-c", `${limit}exec "$0" "$1"`, process.execPath, program];
    this.#child = spawn("sh", args, { stdio: ["pipe", "pipe", "pipe"] });
    this.pid = this.#child.pid ?? 0;
    this.#exited = once(this.#child, "close");
    this.#child.stdout?.on("data", (chunk: Buffer) => (this.#said += chunk.toString()));
    this.#child.stderr?.on("data", (chunk: Buffer) => (this.#complaints += chunk.toString()));
  }

  /** Serves the cluster of a folder; rejects with what the simulator says when it refuses. */
  async serve(folder: string): Promise<Served> {
    this.#child.stdin?.write(`${folder}\n`);
    while (!this.#said.includes("\n")) {
      if (this.#child.exitCode !== null) throw new Error(`The simulator ended: ${this.#complaints}`);
      await Promise.race([once(this.#child.stdout ?? this.#child, "data"), this.#exited]);
    }
    const answer = JSON.parse(this.#said) as Served | { readonly refused: string };
    if ("refused" in answer) throw new Error(answer.refused);
    return answer;
  }

  /** Ends it as a loss of power would, and gives what it complained about. */
  async kill(): Promise<string> {
    this.#child.kill("SIGKILL");
    await this.#exited;
    return this.#complaints;
  }

  /** Asks it to end. */
  async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    await this.#exited;
  }
}
