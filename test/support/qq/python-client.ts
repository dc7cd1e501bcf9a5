import { type ExecFileException, execFile } from "node:child_process";
import { access, copyFile, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The release of Qumulo's client that the simulator is held to. */
export const clientVersion = "7.10.2.1";

/** Carries {@link PythonClient} from the set-up to the test files, which run in other processes. */
const clientVariable = "CDKTF_QUMULO_PYTHON_CLIENT";

const pins = path.resolve(__dirname, "../../conformance/requirements.txt");

const advice =
  "The conformance tests drive the simulator with Qumulo's own Python client, and need Python 3.9 or later, with venv " +
  "or pip, and the Python package index (or the copy of an earlier run). Install Python (Debian and Ubuntu: " +
  "apt-get install python3 python3-venv; macOS: brew install python), then run them again.";

/** Qumulo's client, installed. */
export interface PythonClient {
  /** Holds all of it. */
  readonly folder: string;
  /** The Python that has it. */
  readonly python: string;
  /** The program `qq`, which `python` runs. */
  readonly qq: string;
  /** What `python` needs in its environment to find the client. */
  readonly env: Readonly<Record<string, string>>;
}

/** What an installation starts from. */
export interface InstallOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `XDG_CACHE_HOME` or `~/.cache` when absent. */
  readonly cache?: string;
}

/**
 * Installs Qumulo's Python client into a virtual environment of its own below the user's cache, unless it is there.
 *
 * It is made under a temporary name and renamed into place: an interrupted run leaves nothing half made, and of two runs
 * at once either may win.
 *
 * @throws {Error} that says what to install when there is no Python, or no way to install into it
 */
export async function installPythonClient({ env, cache }: InstallOptions): Promise<PythonClient> {
  const folder = path.join(cache ?? cacheOf(env), "cdktf-qumulo", "python", `qumulo-api-${clientVersion}`);
  const present = await findClient(folder, env);
  if (present !== undefined) return present;
  await mkdir(path.dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}.`);
  try {
    await fill(work, env);
    await replace(folder, work, env);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const client = await findClient(folder, env);
  if (client === undefined) throw new Error(`The client in ${folder} does not run. ${advice}`);
  return client;
}

/** Hands an installed client to the test files. */
export function announcePythonClient(client: PythonClient): void {
  process.env[clientVariable] = JSON.stringify(client);
}

/**
 * The client that the set-up installed.
 *
 * @throws {Error} when it did not run: conformance tests are never skipped
 */
export function getPythonClient(): PythonClient {
  const installed = process.env[clientVariable];
  if (installed === undefined) throw new Error("The conformance tests need their global set-up: run them with jest.");
  // Written by the set-up of the same run.
  return JSON.parse(installed) as PythonClient;
}

function cacheOf(env: InstallOptions["env"]): string {
  const given = env["XDG_CACHE_HOME"] ?? "";
  return path.isAbsolute(given) ? given : path.join(homedir(), ".cache");
}

/** The client in a folder; `undefined` when it is missing, has other pins, or its Python is gone. */
async function findClient(folder: string, env: InstallOptions["env"]): Promise<PythonClient | undefined> {
  try {
    const [wanted, installed] = await Promise.all([pins, path.join(folder, "requirements.txt")].map(readText));
    if (wanted !== installed) return undefined;
    const client = await layoutOf(folder);
    const { stdout } = await run(client.python, [client.qq, "--version"], { env: { ...env, ...client.env } });
    return stdout.trim() === `qq ${clientVersion}` ? client : undefined;
  } catch {
    return undefined;
  }
}

async function readText(file: string): Promise<string> {
  return readFile(file, "utf8");
}

/** `qq` is run through Python: its first line still names the folder in which it was made. */
async function layoutOf(folder: string): Promise<PythonClient> {
  const python = path.join(folder, "bin", "python");
  const packages = path.join(folder, "packages");
  try {
    await access(python);
    return { folder, python, qq: path.join(folder, "bin", "qq"), env: {} };
  } catch {
    return { folder, python: "python3", qq: path.join(packages, "bin", "qq"), env: { PYTHONPATH: packages } };
  }
}

async function fill(folder: string, env: InstallOptions["env"]): Promise<void> {
  const what = ["--require-hashes", "--only-binary", ":all:", "--requirement", pins];
  const pip = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--no-input",
    "--no-cache-dir",
    "--disable-pip-version-check",
    ...what,
  ];
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

async function replace(folder: string, work: string, env: InstallOptions["env"]): Promise<void> {
  try {
    await rename(work, folder);
  } catch {
    // One is there: another run's, which is good, or one that no longer serves.
    if ((await findClient(folder, env)) !== undefined) return;
    await rm(folder, { recursive: true, force: true });
    await rename(work, folder);
  }
}
