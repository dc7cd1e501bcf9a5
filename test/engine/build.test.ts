import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { buildEngine, type BuildOptions } from "../../src/engine/build/build.ts";
import { pinnedOpenTofu, terraform157 } from "../../src/engine/build/pins.ts";
import type { BuildProgress } from "../../src/engine/build/progress.ts";
import { EngineError } from "../../src/engine/errors.ts";
import {
  countBuilds,
  engineScript,
  givenMachine,
  givenModules,
  type GoScript,
  goScript,
  type Machine,
  writeProgram,
} from "../support/processes/fake-programs.ts";

let machine: Machine;
let log: string;
let engines: string;

beforeEach(async () => {
  machine = await givenMachine();
  log = path.join(machine.folder, "builds.log");
  engines = path.join(machine.folder, "cache", "cdktf-qumulo", "engines");
});

afterEach(async () => {
  await machine.remove();
});

async function givenGo(go: Omit<GoScript, "log"> = {}): Promise<BuildOptions> {
  await machine.addProgram("go", goScript({ ...go, log }));
  return { modulesFolder: await givenModules(machine.folder), env: machine.env, tickMs: 5 };
}

/** All files below the engines folder: what a build left there. */
async function leftBehind(): Promise<readonly string[]> {
  const entries = await readdir(engines, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

/** A promise for the first progress of one kind, and the callback that settles it. */
function progressOf(kind: BuildProgress["kind"]): {
  seen: Promise<BuildProgress>;
  onProgress: BuildOptions["onProgress"];
} {
  let settle: (progress: BuildProgress) => void;
  const seen = new Promise<BuildProgress>((resolve) => (settle = resolve));
  return {
    seen,
    onProgress: (progress) => {
      if (progress.kind === kind) settle(progress);
    },
  };
}

function deadPid(): number {
  return spawnSync("/bin/sh", ["-c", "exit 0"]).pid;
}

async function givenLock(owner: { pid: number; host: string }): Promise<string> {
  await mkdir(engines, { recursive: true });
  const file = path.join(engines, `opentofu-1.12.6-${process.platform}_${process.arch}.lock`);
  await writeFile(file, JSON.stringify({ ...owner, token: "theirs" }));
  return file;
}

test("a pinned engine is built into the user's cache", async () => {
  const options = await givenGo();

  const engine = await buildEngine(pinnedOpenTofu, options);

  const folder = `opentofu-1.12.6-${process.platform}_${process.arch}`;
  expect(engine).toEqual({ name: "opentofu", version: "1.12.6", program: path.join(engines, folder, "tofu") });
  expect(await leftBehind()).toEqual(["tofu"]);
});

test("an engine in the cache is not built again", async () => {
  const options = await givenGo();
  const first = await buildEngine(pinnedOpenTofu, options);

  const second = await buildEngine(pinnedOpenTofu, options);

  expect(second).toEqual(first);
  expect(await countBuilds(log)).toBe(1);
});

test("engines of two versions stand side by side", async () => {
  const options = await givenGo();
  await buildEngine(pinnedOpenTofu, options);
  await machine.addProgram("go", goScript({ log, output: engineScript("Terraform", "1.5.7") }));

  const engine = await buildEngine(terraform157, options);

  expect(engine.version).toBe("1.5.7");
  expect([...(await leftBehind())].sort()).toEqual(["terraform", "tofu"]);
});

test("two builds started at once build once, and the second says that it waits", async () => {
  const gate = path.join(machine.folder, "gate");
  const options = await givenGo({ gate });
  const building = progressOf("building");
  const waiting = progressOf("waiting");
  const first = buildEngine(pinnedOpenTofu, { ...options, onProgress: building.onProgress });
  await building.seen;
  const waited: BuildProgress[] = [];
  const onProgress = (progress: BuildProgress): void => {
    waited.push(progress);
    waiting.onProgress?.(progress);
  };
  const second = buildEngine(pinnedOpenTofu, { ...options, onProgress });

  expect(await waiting.seen).toMatchObject({ ownerPid: process.pid });
  await writeFile(gate, "");

  expect(await second).toEqual(await first);
  expect(waited.at(-1)).toMatchObject({ kind: "ready" });
  expect(await countBuilds(log)).toBe(1);
  expect(await leftBehind()).toEqual(["tofu"]);
});

test("progress counts downloaded modules and compiled packages", async () => {
  const gate = path.join(machine.folder, "gate");
  const options = await givenGo({ gate });
  const reports: BuildProgress[] = [];
  const onProgress = (progress: BuildProgress): void => {
    reports.push(progress);
    if (progress.kind === "building" && progress.packages > 0) void writeFile(gate, "");
  };

  await buildEngine(pinnedOpenTofu, { ...options, onProgress });

  expect(reports).toContainEqual(expect.objectContaining({ kind: "building", downloads: 0, packages: 0 }));
  expect(reports).toContainEqual(expect.objectContaining({ kind: "building", downloads: 1, packages: 1 }));
  expect(reports.at(-1)).toMatchObject({ kind: "ready" });
});

test("a stopped build leaves nothing behind", async () => {
  const options = await givenGo({ gate: path.join(machine.folder, "never") });
  const stop = new AbortController();
  const kinds = new Set<string>();
  const onProgress = (progress: BuildProgress): void => {
    kinds.add(progress.kind);
    if (progress.kind === "building" && progress.packages > 0) stop.abort();
  };

  const build = buildEngine(pinnedOpenTofu, { ...options, onProgress, stop: stop.signal });

  await expect(build).rejects.toMatchObject({ name: "EngineError", reason: "interrupted" });
  expect([...kinds]).toEqual(["building", "failed"]);
  expect(await leftBehind()).toEqual([]);
});

test("waiting for another build can be stopped and leaves that build alone", async () => {
  const options = await givenGo();
  const lock = await givenLock({ pid: process.pid, host: hostname() });
  const stop = new AbortController();
  const onProgress = (): void => {
    stop.abort();
  };

  const build = buildEngine(pinnedOpenTofu, { ...options, onProgress, stop: stop.signal });

  await expect(build).rejects.toMatchObject({ reason: "interrupted" });
  expect(await readFile(lock, "utf8")).toContain("theirs");
});

test("a build that was killed hinders no later one", async () => {
  const options = await givenGo();
  const pid = deadPid();
  await givenLock({ pid, host: hostname() });
  await writeProgram(path.join(engines, `.building-${hostname()}-${pid}-AbCdEf`, "tofu"), "exit 1");

  const engine = await buildEngine(pinnedOpenTofu, options);

  expect(engine.version).toBe("1.12.6");
  expect(await readdir(engines)).toEqual([path.basename(path.dirname(engine.program))]);
});

test("the private folder of a build that still runs is left alone", async () => {
  const options = await givenGo();
  const running = `.building-${hostname()}-${process.pid}-AbCdEf`;
  await mkdir(path.join(engines, running), { recursive: true });

  await buildEngine(pinnedOpenTofu, options);

  expect(await readdir(engines)).toContain(running);
});

test("a lock of another machine counts while it is fresh", async () => {
  const options = await givenGo();
  const lock = await givenLock({ pid: 4_711, host: "elsewhere" });
  const waiting = progressOf("waiting");
  const build = buildEngine(pinnedOpenTofu, { ...options, onProgress: waiting.onProgress });

  expect(await waiting.seen).toMatchObject({ ownerPid: 4_711 });
  const aMinuteAgo = new Date(Date.now() - 60_000);
  await utimes(lock, aMinuteAgo, aMinuteAgo);

  expect((await build).version).toBe("1.12.6");
});

test("a damaged engine in the cache is built anew", async () => {
  const options = await givenGo();
  const { program } = await buildEngine(pinnedOpenTofu, options);
  await writeFile(program, "garbage");

  const engine = await buildEngine(pinnedOpenTofu, options);

  expect(engine.version).toBe("1.12.6");
  expect(await countBuilds(log)).toBe(2);
});

test("a failing build says what Go said and leaves nothing behind", async () => {
  const options = await givenGo({ failure: "dial tcp: lookup proxy.golang.org: no such host" });

  const error = await buildEngine(pinnedOpenTofu, options).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(EngineError);
  expect(error).toMatchObject({ reason: "build", message: expect.stringContaining("no such host") });
  expect(error).toMatchObject({ message: expect.not.stringContaining("example.com/module/package") });
  expect(await leftBehind()).toEqual([]);
});

test.each([
  ["does not run", "exit 3", "unusable"],
  ["is of another version", engineScript("OpenTofu", "1.12.5"), "build"],
  ["is another engine", engineScript("Terraform", "1.12.6"), "build"],
])("a built program that %s is not kept", async (_case, output, reason) => {
  const options = await givenGo({ output });

  const build = buildEngine(pinnedOpenTofu, options);

  await expect(build).rejects.toMatchObject({ reason });
  expect(await leftBehind()).toEqual([]);
});

test("the oldest Go that can build the engine is accepted", async () => {
  const options = await givenGo({ version: "1.26.6" });

  const engine = await buildEngine(pinnedOpenTofu, options);

  expect(engine.version).toBe("1.12.6");
});

test("an older Go is refused with both versions", async () => {
  const options = await givenGo({ version: "1.26.5" });

  const build = buildEngine(pinnedOpenTofu, options);

  await expect(build).rejects.toMatchObject({ reason: "toolchain" });
  await expect(build).rejects.toThrow(/Go 1\.26\.5 .* is too old.*needs Go 1\.26\.6 or newer.*https:\/\/go\.dev\/dl/);
  expect(await countBuilds(log)).toBe(0);
});

test("a machine without Go is told where to get it", async () => {
  const options = { modulesFolder: await givenModules(machine.folder), env: machine.env };

  const build = buildEngine(pinnedOpenTofu, options);

  await expect(build).rejects.toMatchObject({ reason: "toolchain" });
  await expect(build).rejects.toThrow("There is no Go on the PATH. Building OpenTofu 1.12.6 needs Go 1.26.6 or newer");
});

test("modules are downloaded into the user's cache, unless the practitioner keeps them somewhere", async () => {
  const options = await givenGo({ failure: "modules in [$GOPATH][$GOMODCACHE]" });
  const own = { ...options, env: { ...machine.env, GOMODCACHE: "/srv/go/modules" } };

  await expect(buildEngine(pinnedOpenTofu, options)).rejects.toThrow(
    `[${path.join(machine.folder, "cache", "cdktf-qumulo", "go")}][]`,
  );
  await expect(buildEngine(pinnedOpenTofu, own)).rejects.toThrow("[][/srv/go/modules]");
});

test("what Go counts of its runs is in the user's cache as well", async () => {
  const options = await givenGo({ failure: "counts in [$TEST_TELEMETRY_DIR]" });

  await expect(buildEngine(pinnedOpenTofu, options)).rejects.toThrow(
    `[${path.join(machine.folder, "cache", "cdktf-qumulo", "go", "telemetry")}]`,
  );
});

test("where no folder can be made, the build is refused with a way out, and not tried for ever", async () => {
  const options = await givenGo();
  const env = { ...machine.env, XDG_CACHE_HOME: "/proc/none/a/b" };

  const build = buildEngine(pinnedOpenTofu, { ...options, env });

  await expect(build).rejects.toMatchObject({ name: "EngineError", reason: "build" });
  await expect(build).rejects.toThrow(/^The folder for built programs cannot be made: E.* XDG_CACHE_HOME/);
});

test("what is built can be replaced by its own user alone", async () => {
  const options = await givenGo();
  const umask = process.umask(0);

  try {
    const { program } = await buildEngine(pinnedOpenTofu, options);

    for (const folder of [path.dirname(program), engines, path.dirname(engines)]) {
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
    }
    expect((await stat(program)).mode & 0o022).toBe(0);
    expect((await buildEngine(pinnedOpenTofu, options)).program).toBe(program);
    expect(await countBuilds(log)).toBe(1);
  } finally {
    process.umask(umask);
  }
});
