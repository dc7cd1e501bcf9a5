import { readFile } from "node:fs/promises";
import path from "node:path";
import { EngineError } from "../errors.ts";
import { type Environment, findProgram, runProgram } from "../program.ts";
import { compareVersions } from "../version.ts";
import { goFolder } from "./cache.ts";
import { type ProgramPin, renderPin } from "./pins.ts";

/**
 * Finds a Go toolchain that can build a pinned program.
 *
 * A Go older than the module asks for may fetch a newer toolchain by itself, as `GOTOOLCHAIN` allows: the version that
 * counts is the one that answers inside the module.
 *
 * @returns the absolute path of the `go` program
 * @throws {EngineError} `toolchain` when there is none, or one that is too old and stays so
 */
export async function getGo(pin: ProgramPin, moduleFolder: string, env: Environment): Promise<string> {
  const needed = await neededGo(moduleFolder);
  const go = await findProgram("go", env);
  if (go === undefined) {
    throw new EngineError("toolchain", `There is no Go on the PATH. ${advice(pin, needed)}`);
  }
  const result = await runProgram(go, ["version"], { cwd: moduleFolder, env: goEnvironment(env) });
  const [, found] = /go version go(\d+\.\d+(?:\.\d+)?)/.exec(result.stdout) ?? [];
  if (result.exitCode !== 0 || found === undefined) {
    const said = (result.stderr + result.stdout).trim();
    throw new EngineError("toolchain", `"${go} version" failed: ${said} ${advice(pin, needed)}`, { result });
  }
  if (compareVersions(found, needed) < 0) {
    throw new EngineError("toolchain", `Go ${found} (${go}) is too old. ${advice(pin, needed)}`);
  }
  return go;
}

/**
 * Flags and workspaces of the practitioner's own Go projects must not change what is built here. Their proxy settings
 * stay, and so does their place for modules; without one Go would make a folder `go` in the home folder. What Go counts of
 * its own runs goes there too, and not into the home folder: Go has no other setting for it than that of its own tests.
 * `GOFLAGS` is not empty, since Go reads an empty variable as absent and falls back to the user's settings file.
 */
export function goEnvironment(env: Environment): Environment {
  const isPlaced = [env["GOPATH"], env["GOMODCACHE"]].some((place) => place !== undefined && place !== "");
  return {
    TEST_TELEMETRY_DIR: path.join(goFolder(env), "telemetry"),
    ...env,
    ...(isPlaced ? {} : { GOPATH: goFolder(env) }),
    CGO_ENABLED: "0",
    GOFLAGS: "-mod=readonly",
    GOWORK: "off",
    GOOS: undefined,
    GOARCH: undefined,
  };
}

async function neededGo(moduleFolder: string): Promise<string> {
  const text = await readFile(path.join(moduleFolder, "go.mod"), "utf8");
  const [, version] = /^go (\d+\.\d+(?:\.\d+)?)$/m.exec(text) ?? [];
  if (version === undefined) {
    throw new EngineError("toolchain", `${path.join(moduleFolder, "go.mod")} has no line "go <version>".`);
  }
  return version;
}

function advice(pin: ProgramPin, needed: string): string {
  return `Building ${renderPin(pin)} needs Go ${needed} or newer: install it from https://go.dev/dl/.`;
}
