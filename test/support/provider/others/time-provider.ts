import { chmod, copyFile, mkdir } from "node:fs/promises";
import path from "node:path";
import { type BuildOptions, buildPinned } from "../../../../src/engine/build/build.ts";
import type { ProgramPin } from "../../../../src/engine/build/pins.ts";
import { EngineError } from "../../../../src/engine/errors.ts";
import { runProgram } from "../../../../src/engine/program.ts";

const version = "0.14.2";

/** The provider whose resources tell other providers that time has passed. */
const timeProvider: ProgramPin = {
  name: "time",
  title: "the provider hashicorp/time",
  version,
  executable: "terraform-provider-time",
  package: "github.com/hashicorp/terraform-provider-time",
  module: "time",
  linkerFlags: "-s -w",
};

/** Puts the provider `hashicorp/time` into a mirror, for both registries. Builds it where it is not in the user's cache. */
export async function addTimeProvider(mirror: string, options: BuildOptions): Promise<void> {
  const program = await buildPinned(timeProvider, checkProvider(options), options);
  const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
  for (const host of ["registry.terraform.io", "registry.opentofu.org"]) {
    const target = path.join(mirror, host, "hashicorp", "time", version, platform);
    await mkdir(target, { recursive: true });
    const file = path.join(target, `${timeProvider.executable}_v${version}`);
    await copyFile(program, file);
    await chmod(file, 0o755);
  }
}

/** A provider that no engine has started says what it is, and ends. */
function checkProvider({ env }: BuildOptions): (program: string) => Promise<void> {
  return async (program) => {
    const result = await runProgram(program, [], { cwd: process.cwd(), env });
    if ((result.stdout + result.stderr).includes("This binary is a plugin")) return;
    throw new EngineError("build", `${program} does not answer as a provider.`, { result });
  };
}
