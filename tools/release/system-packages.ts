import { execFile } from "node:child_process";
import { readFile, realpath } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A package of the system that a release is made on. */
export interface SystemPackage {
  /** Such as `libc6`. */
  readonly name: string;
  /** Such as `2.36-9+deb12u14`. */
  readonly version: string;
  /** Such as `amd64`. */
  readonly architecture: string;
  /** Which system it is of, as that calls itself: `debian-12`. */
  readonly distribution: string;
}

/**
 * The libraries that programs of this machine's platform need, the loader of them all included, by the paths at which the loader
 * looks for them.
 */
export async function librariesOf(programs: readonly string[]): Promise<readonly string[]> {
  const outputs = await Promise.all(programs.map(async (program) => run("ldd", [program])));
  const found = outputs.flatMap(({ stdout }) => [...stdout.matchAll(/(?:=> |^\t)(\/\S+) \(0x/gm)]);
  return [...new Set(found.map(([, library = ""]) => library))].sort();
}

/** The packages of Debian, or of a system like it, that files are from, by their names; nothing on other systems. */
export async function findSystemPackages(files: readonly string[]): Promise<readonly SystemPackage[]> {
  const places = await Promise.all(files.map(async (file) => [file, await realpath(file), `/usr${file}`]));
  const owners = await query(["--search", ...new Set(places.flat())]);
  const names = new Set([...owners.matchAll(/^([^:,\s]+)(?::[^,\s]+)?: \//gm)].map(([, name = ""]) => name));
  if (names.size === 0) return [];
  const shown = await query(["--show", "--showformat", "${Package} ${Version} ${Architecture}\\n", ...names]);
  const distribution = await readDistribution();
  const packages = [...shown.matchAll(/^(\S+) (\S+) (\S+)$/gm)].map(
    ([, name = "", version = "", architecture = ""]) => ({ name, version, architecture, distribution }),
  );
  return packages.sort((left, right) => (left.name < right.name ? -1 : 1));
}

async function query(args: readonly string[]): Promise<string> {
  const { stdout } = await run("dpkg-query", [...args]).catch((error: unknown) => {
    // It fails for a single path that belongs to no package, and still tells of the others.
    const told = typeof error === "object" && error !== null && "stdout" in error ? String(error.stdout) : "";
    return { stdout: told };
  });
  return stdout;
}

async function readDistribution(): Promise<string> {
  const text = await readFile("/etc/os-release", "utf8").catch(() => "");
  const [id, version] = ["ID", "VERSION_ID"].map(
    (name) => new RegExp(`^${name}="?([^"\\n]*)"?$`, "m").exec(text)?.[1] ?? "",
  );
  return version === "" ? String(id) : `${String(id)}-${String(version)}`;
}
