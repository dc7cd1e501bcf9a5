import { chmod, chown, lchown, mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { buildEngine, type BuildOptions } from "../../src/engine/build/build.ts";
import { cachedProgram } from "../../src/engine/build/cache.ts";
import { pinnedOpenTofu } from "../../src/engine/build/pins.ts";
import { findEngine } from "../../src/engine/find.ts";
import {
  countBuilds,
  engineScript,
  givenMachine,
  givenModules,
  goScript,
  type Machine,
  writeProgram,
} from "../support/processes/fake-programs.ts";

/** Somebody else on the same machine. */
const neighbor = 65_534;
const isRoot = process.geteuid?.() === 0;
let machine: Machine;
/** The folder that the practitioner chose for caches. */
let cache = "";
/** The pinned engine in it. */
let program = "";
/** A file that the engine makes when it is run. */
let canary = "";
let builds = "";
let options: BuildOptions;

beforeEach(async () => {
  machine = await givenMachine();
  cache = path.join(machine.folder, "cache");
  builds = path.join(machine.folder, "builds.log");
  program = cachedProgram(pinnedOpenTofu, machine.env);
  canary = path.join(machine.folder, "canary");
  await machine.addProgram("go", goScript({ log: builds }));
  options = { modulesFolder: await givenModules(machine.folder), env: machine.env };
});

afterEach(async () => {
  await machine.remove();
});

/** An engine that works, and says so in a file when it is run. */
async function givenPreparedEngine(): Promise<void> {
  await writeProgram(program, `touch '${canary}'; ${engineScript("OpenTofu", "1.12.6")}`);
}

async function expectRefused(found: Promise<unknown>, place: string, fault: RegExp): Promise<void> {
  const error = await found.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );

  expect(error).toMatchObject({ name: "EngineError", reason: "unusable" });
  expect(error).toMatchObject({ message: expect.stringContaining(`${place} `) });
  expect(error).toMatchObject({ message: expect.stringMatching(fault) });
  expect(error).toMatchObject({ message: expect.stringMatching(/XDG_CACHE_HOME.*TERRAFORM_BINARY_NAME/) });
  await expect(readFile(canary)).rejects.toMatchObject({ code: "ENOENT" });
  expect(await countBuilds(builds)).toBe(0);
}

/** Folders and files above and of the engine, by what people call them. */
const places: readonly (readonly [string, () => string])[] = [
  ["the folder for caches", () => cache],
  ["the folder of the engines", () => path.dirname(path.dirname(program))],
  ["the engine's folder", () => path.dirname(program)],
  ["the engine", () => program],
];

describe.each(places)("where %s can be changed by somebody else", (_name, placeOf) => {
  (isRoot ? test : test.skip)("since it is another user's, the engine is neither run nor built", async () => {
    await givenPreparedEngine();
    await chown(placeOf(), neighbor, neighbor);

    await expectRefused(findEngine(options), placeOf(), /belongs to another user \(uid 65534\)/);
    await expectRefused(findEngine({ env: machine.env }), placeOf(), /belongs to another user/);
  });

  test("since all may write to it, the engine is neither run nor built", async () => {
    await givenPreparedEngine();
    await chmod(placeOf(), 0o757);

    await expectRefused(findEngine(options), placeOf(), /can be written to by other users \(mode 0757\)/);
    await expectRefused(findEngine({ env: machine.env }), placeOf(), /can be written to by other users/);
  });

  (isRoot ? test : test.skip)("since another group may write to it, the engine is neither run nor built", async () => {
    await givenPreparedEngine();
    await chown(placeOf(), 0, neighbor);
    await chmod(placeOf(), 0o775);

    await expectRefused(findEngine(options), placeOf(), /can be written to by other users \(mode 0775\)/);
  });

  test("since the user's own group may write to it, nobody else can, and the engine is taken", async () => {
    await givenPreparedEngine();
    await chown(placeOf(), process.geteuid?.() ?? 0, process.getegid?.() ?? 0);
    await chmod(placeOf(), 0o775);

    expect(await findEngine({ env: machine.env })).toMatchObject({ program });
  });
});

(isRoot ? test : test.skip)("an engine is not run through a link of another user's", async () => {
  await givenPreparedEngine();
  await rename(cache, `${cache}-real`);
  await symlink(`${cache}-real`, cache);
  expect(await findEngine({ env: machine.env })).toMatchObject({ program });

  await rm(canary);
  await lchown(cache, neighbor, neighbor);

  await expectRefused(findEngine({ env: machine.env }), cache, /belongs to another user/);
});

test("an engine is not run where a link leads to a folder that others can write to", async () => {
  await givenPreparedEngine();
  await rename(cache, `${cache}-real`);
  await symlink(`${cache}-real`, cache);
  await chmod(`${cache}-real`, 0o777);

  await expectRefused(findEngine({ env: machine.env }), `${cache}-real`, /can be written to by other users/);
});

test("nothing is built into an empty folder that others can write to", async () => {
  await mkdir(cache);
  await chmod(cache, 0o777);

  await expectRefused(buildEngine(pinnedOpenTofu, options), cache, /can be written to by other users/);
});

test("nothing is built from modules that others can change", async () => {
  const modules = path.join(cache, "cdktf-qumulo/go");
  await mkdir(modules, { recursive: true });
  await writeFile(path.join(modules, "module.go"), "package main");
  await chmod(modules, 0o777);

  await expectRefused(buildEngine(pinnedOpenTofu, options), modules, /can be written to by other users/);
});

test("in a folder where everybody can make something and nobody can replace it, one's own engine is taken", async () => {
  await givenPreparedEngine();
  await chmod(cache, 0o1777);

  expect(await findEngine({ env: machine.env })).toMatchObject({ program });
});
