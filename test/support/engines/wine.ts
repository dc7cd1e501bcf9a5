import { spawnSync } from "node:child_process";

/**
 * The program that runs executables of Windows for amd64 here: the one that `WINE` names, or else that on the `PATH`.
 *
 * Versions before 9 do not count. They lack what the Node inside asks Windows for (placeholders in `VirtualAlloc2`), so that
 * it ends before it reads any script.
 */
export function findWine(env: NodeJS.ProcessEnv): string | undefined {
  if (process.arch !== "x64") return undefined;
  const named = env["WINE"];
  const programs = named === undefined ? ["wine64", "wine"] : [named];
  return programs.find((program) => {
    const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
    const [, major = "0"] = /^wine-(\d+)/.exec(stdout) ?? [];
    return Number(major) >= 9;
  });
}
