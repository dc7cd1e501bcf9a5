import { chmod, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { EngineError, type ProgramResult } from "../errors.ts";
import { type Engine, identifyEngine, renderEngine } from "../identify.ts";
import { type Environment, isExecutable, type OutputPiece, runProgram } from "../program.ts";
import { cachedProgram, enginesFolder, goFolder } from "./cache.ts";
import { isAlive, type LockOwner, withLock } from "./lock.ts";
import { makeFolder } from "./make-folder.ts";
import { type EnginePin, type ProgramPin, renderPin } from "./pins.ts";
import type { BuildProgress } from "./progress.ts";
import { refuseForeign } from "./refuse-foreign.ts";
import { getGo, goEnvironment } from "./toolchain.ts";

/** What building needs to know. */
export interface BuildOptions {
  /** Folder that holds the Go modules of the pinned programs. */
  readonly modulesFolder: string;
  readonly env: Environment;
  readonly onProgress?: ((progress: BuildProgress) => void) | undefined;
  /** Gives up when aborted and leaves nothing behind. */
  readonly stop?: AbortSignal | undefined;
  /**
   * How often progress is reported.
   *
   * @default 1000
   */
  readonly tickMs?: number;
}

type WithoutTime<T> = T extends unknown ? Omit<T, "pin" | "elapsedMs"> : never;
type Step = WithoutTime<BuildProgress>;

/** One build under way. */
interface Build {
  readonly pin: ProgramPin;
  readonly check: CheckProgram;
  readonly options: BuildOptions;
  readonly report: (step: Step) => void;
}

/** Proves that a built program is what its pin names; otherwise throws {@link EngineError}. */
export type CheckProgram = (program: string) => Promise<void>;

/** A pinned engine from the user's cache, as {@link buildPinned} has it. */
export async function buildEngine(pin: EnginePin, options: BuildOptions): Promise<Engine> {
  const { name, version } = pin;
  return { name, version, program: await buildPinned(pin, checkEngine(pin, options.env), options) };
}

/**
 * Whether a pinned engine is in the user's cache already. Does not build.
 *
 * @throws {EngineError} `unusable` when there is one that another user can replace
 */
export async function findCachedEngine(pin: EnginePin, env: Environment): Promise<Engine | undefined> {
  const program = await findCached(cachedProgram(pin, env), checkEngine(pin, env));
  return program === undefined ? undefined : { name: pin.name, version: pin.version, program };
}

function checkEngine(pin: EnginePin, env: Environment): CheckProgram {
  return async (program) => {
    const built = await identifyEngine(program, env);
    if (built.name === pin.name && built.version === pin.version) return;
    throw new EngineError("build", `Building ${renderPin(pin)} gave ${renderEngine(built)} instead.`);
  };
}

/**
 * A pinned program from the user's cache, built there first if it is not.
 *
 * Processes that ask for it at once build it once: the others wait and say so. The executable appears under its name
 * only after it has passed its check, so an interrupted build leaves at most a private folder, which the next build
 * removes.
 *
 * @returns the absolute path of the executable
 * @throws {EngineError} `unusable` when another user can replace what is in the cache, `toolchain`, `build`, or
 * `interrupted` after `stop`
 */
export async function buildPinned(pin: ProgramPin, check: CheckProgram, options: BuildOptions): Promise<string> {
  const program = cachedProgram(pin, options.env);
  const cached = await findCached(program, check);
  if (cached !== undefined) return cached;
  const folder = enginesFolder(options.env);
  await makeFolder(folder).catch(refuseFolder);
  // Whoever can change the folder could replace what is built there, or change what it is built from.
  await refuseForeign(folder);
  await refuseForeign(goFolder(options.env));
  const started = performance.now();
  const report = (progress: Step): void => {
    options.onProgress?.({ ...progress, pin, elapsedMs: performance.now() - started });
  };
  const onWait = ({ pid }: LockOwner): void => {
    report({ kind: "waiting", ownerPid: pid });
  };
  try {
    const lock = path.join(folder, `${path.basename(path.dirname(program))}.lock`);
    await withLock(lock, { stop: options.stop, onWait }, async () => {
      // The process that held the lock before us has probably built what we want.
      if ((await findCached(program, check)) === undefined) await buildInto(program, { pin, check, options, report });
    });
    report({ kind: "ready", program });
    return program;
  } catch (cause) {
    report({ kind: "failed" });
    if (options.stop?.aborted !== true) throw cause;
    const message = `Building ${renderPin(pin)} was interrupted. Nothing was left behind.`;
    throw new EngineError("interrupted", message, { cause });
  }
}

function refuseFolder(cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const advice = "Name a folder that can be written to in XDG_CACHE_HOME, or give an engine in TERRAFORM_BINARY_NAME.";
  throw new EngineError("build", `The folder for built programs cannot be made: ${reason}. ${advice}`, { cause });
}

async function findCached(program: string, check: CheckProgram): Promise<string | undefined> {
  if (!(await isExecutable(program))) return undefined;
  // The check runs it.
  await refuseForeign(program);
  const isWhole = await check(program).then(
    () => true,
    () => false, // a damaged one is built anew
  );
  return isWhole ? program : undefined;
}

async function buildInto(program: string, build: Build): Promise<void> {
  const { pin, check, options } = build;
  const folder = path.dirname(path.dirname(program));
  await removeLeftovers(folder);
  const go = await getGo(pin, path.join(options.modulesFolder, pin.module), options.env);
  const privateFolder = await mkdtemp(path.join(folder, `.building-${hostname()}-${process.pid}-`));
  try {
    const fresh = path.join(privateFolder, path.basename(program));
    await compile(go, fresh, build);
    await check(fresh);
    // Whatever the user's own mask leaves to others.
    await chmod(fresh, 0o755);
    await makeFolder(path.dirname(program));
    await rename(fresh, program);
  } finally {
    await rm(privateFolder, { recursive: true, force: true });
  }
}

/** Removes the private folders of builds on this machine whose process is gone. */
async function removeLeftovers(folder: string): Promise<void> {
  const ours = `.building-${hostname()}-`;
  for (const name of await readdir(folder)) {
    const pid = Number.parseInt(name.slice(ours.length), 10);
    if (name.startsWith(ours) && !isAlive(pid)) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

async function compile(go: string, output: string, { pin, options, report }: Build): Promise<void> {
  const counts = { downloads: 0, packages: 0 };
  const reportCounts = (): void => {
    report({ kind: "building", ...counts });
  };
  reportCounts();
  const ticks = setInterval(reportCounts, options.tickMs ?? 1_000);
  try {
    const result = await runProgram(
      go,
      // -v names each package when it is compiled, which is what progress counts.
      ["build", "-v", "-trimpath", "-buildvcs=false", "-ldflags", pin.linkerFlags, "-o", output, pin.package],
      {
        cwd: path.join(options.modulesFolder, pin.module),
        env: goEnvironment(options.env),
        stop: options.stop,
        onOutput: (piece) => {
          count(piece, counts);
        },
      },
    );
    if (result.exitCode !== 0) throw buildFailure(pin, result);
  } finally {
    clearInterval(ticks);
  }
}

function count({ stream, text }: OutputPiece, counts: { downloads: number; packages: number }): void {
  if (stream !== "stderr") return;
  for (const line of text.split("\n")) {
    if (line.startsWith("go: downloading ")) counts.downloads += 1;
    else if (line !== "") counts.packages += 1;
  }
}

function buildFailure(pin: ProgramPin, result: ProgramResult): EngineError {
  const isPackage = /^[\w./~-]+$/;
  const said = result.stderr
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("go: downloading ") && !isPackage.test(line))
    .slice(-10);
  const reason = said.length === 0 ? `go ended with status ${result.exitCode ?? "none"}` : said.join("\n");
  return new EngineError(
    "build",
    `Building ${renderPin(pin)} failed: ${reason}\nThe build needs the Go module proxy (or GOPROXY), some 3 GB of disk and 2 GB of memory.`,
    { result },
  );
}
