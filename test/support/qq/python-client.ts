import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { installPackages, type InstallOptions, type PythonPackages } from "../python/python-packages.ts";

/** The release of Qumulo's client that the simulator is held to. */
export const clientVersion = "7.10.2.1";

/** Carries {@link PythonClient} from the set-up to the test files, which run in other processes. */
const clientVariable = "CDKTF_QUMULO_PYTHON_CLIENT";

const advice =
  "The conformance tests drive the simulator with Qumulo's own Python client, and need Python 3.9 or later, with venv " +
  "or pip, and the Python package index (or the copy of an earlier run). Install Python (Debian and Ubuntu: " +
  "apt-get install python3 python3-venv; macOS: brew install python), then run them again.";

/** Qumulo's client, installed. */
export interface PythonClient extends PythonPackages {
  /** The program `qq`, which `python` runs. */
  readonly qq: string;
}

/**
 * Installs Qumulo's Python client below the user's cache, unless it is there.
 *
 * @throws {Error} that says what to install when there is no Python, or no way to install into it
 */
export async function installPythonClient({ env, cache }: InstallOptions): Promise<PythonClient> {
  const set = {
    name: `qumulo-api-${clientVersion}`,
    pins: path.resolve(__dirname, "../../conformance/requirements.txt"),
    flags: ["--require-hashes"],
    isUsable: async (packages: PythonPackages) => {
      const args = [qqOf(packages), "--version"];
      const { stdout } = await promisify(execFile)(packages.python, args, { env: { ...env, ...packages.env } });
      return stdout.trim() === `qq ${clientVersion}`;
    },
    advice,
  };
  const packages = await installPackages(set, { env, ...(cache === undefined ? {} : { cache }) });
  return { ...packages, qq: qqOf(packages) };
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

function qqOf({ programs }: PythonPackages): string {
  return path.join(programs, "qq");
}
