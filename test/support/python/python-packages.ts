import { type ExecFileException, execFile } from "node:child_process";
import { access, copyFile, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Packages of Python, installed for tests alone. */
export interface PythonPackages {
  /** Holds all of it. */
  readonly folder: string;
  /** The Python that has them. */
  readonly python: string;
  /** Where their programs are. `python` runs them: their first lines still name the folder in which they were made. */
  readonly programs: string;
  /** What `python` needs in its environment to find them. */
  readonly env: Readonly<Record<string, string>>;
}

/** What to install, and how to tell that it is there. */
export interface PackageSet {
  /** Of its folder in the cache. */
  readonly name: string;
  /** The file that pip reads, which also tells whether what is in the cache is still right. */
  readonly pins: string;
  /** Further flags of pip. */
  readonly flags?: readonly string[];
  /** Whether what was found does its work. It may throw instead. */
  readonly isUsable: (packages: PythonPackages) => Promise<boolean>;
  /** What to say where it cannot be installed. */
  readonly advice: string;
}

/** What an installation starts from. */
export interface InstallOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `XDG_CACHE_HOME` or `~/.cache` when absent. */
  readonly cache?: string;
}

/**
 * Installs packages into a virtual environment of their own below the user's cache, unless they are there.
 *
 * It is made under a temporary name and renamed into place: an interrupted run leaves nothing half made, and of two runs
 * at once either may win.
 *
 * @throws {Error} that says what to install when there is no Python, or no way to install into it
 */
export async function installPackages(set: PackageSet, { env, cache }: InstallOptions): Promise<PythonPackages> {
  const folder = path.join(cache ?? cacheOf(env), "cdktf-qumulo", "python", set.name);
  const present = await findPackages(folder, set);
  if (present !== undefined) return present;
  await mkdir(path.dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}.`);
  try {
    await fill(work, set, env);
    await replace(folder, work, set);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const installed = await findPackages(folder, set);
  if (installed === undefined) throw new Error(`What is in ${folder} does not run. ${set.advice}`);
  return installed;
}

function cacheOf(env: InstallOptions["env"]): string {
  const given = env["XDG_CACHE_HOME"] ?? "";
  return path.isAbsolute(given) ? given : path.join(homedir(), ".cache");
}

/** What is in a folder; `undefined` when it is missing, has other pins, or its Python is gone. */
async function findPackages(folder: string, { pins, isUsable }: PackageSet): Promise<PythonPackages | undefined> {
  try {
    const [wanted, installed] = await Promise.all([pins, path.join(folder, "requirements.txt")].map(readText));
    if (wanted !== installed) return undefined;
    const packages = await layoutOf(folder);
    return (await isUsable(packages)) ? packages : undefined;
  } catch {
    return undefined;
  }
}

async function readText(file: string): Promise<string> {
  return readFile(file, "utf8");
}

async function layoutOf(folder: string): Promise<PythonPackages> {
  const python = path.join(folder, "bin", "python");
  const packages = path.join(folder, "packages");
  try {
    await access(python);
    return { folder, python, programs: path.join(folder, "bin"), env: {} };
  } catch {
    return { folder, python: "python3", programs: path.join(packages, "bin"), env: { PYTHONPATH: packages } };
  }
}

async function fill(
  folder: string,
  { pins, flags = [], advice }: PackageSet,
  env: InstallOptions["env"],
): Promise<void> {
  const quiet = ["--quiet", "--no-input", "--no-cache-dir", "--disable-pip-version-check"];
  const pip = ["-m", "pip", "install", ...quiet, "--only-binary", ":all:", ...flags, "--requirement", pins];
  try {
    await run("python3", ["-m", "venv", folder], { env });
    await run(path.join(folder, "bin", "python"), pip, { env });
  } catch (withVenv) {
    // Debian parts venv from Python: without it, pip still fills a folder.
    await rm(path.join(folder, "bin"), { recursive: true, force: true });
    try {
      await run("python3", [...pip, "--target", path.join(folder, "packages")], { env });
    } catch (withPip) {
      throw new Error(`${advice}\nwith venv: ${reasonOf(withVenv)}\nwith pip: ${reasonOf(withPip)}`, {
        cause: withPip,
      });
    }
  }
  await copyFile(pins, path.join(folder, "requirements.txt"));
}

function reasonOf(error: unknown): string {
  const { code, stdout = "", stderr = "" } = error as ExecFileException;
  if (code === "ENOENT") return "there is no python3 on the PATH";
  return `${stdout}${stderr}`.trim().slice(-1_000);
}

async function replace(folder: string, work: string, set: PackageSet): Promise<void> {
  try {
    await rename(work, folder);
  } catch {
    // One is there: another run's, which is good, or one that no longer serves.
    if ((await findPackages(folder, set)) !== undefined) return;
    await rm(folder, { recursive: true, force: true });
    await rename(work, folder);
  }
}
