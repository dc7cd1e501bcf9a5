import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { installPackages, type PythonPackages } from "../python/python-packages.ts";

/** Programs that know the formats of the services, as pinned. */
export interface PipelineTools {
  /** Runs a module of Python, such as `check_jsonschema`. */
  readonly run: (
    args: readonly string[],
    place?: { readonly cwd?: string; readonly env?: Readonly<Record<string, string | undefined>> },
  ) => Promise<{ readonly exitCode: number; readonly out: string }>;
}

const advice =
  "The tests of the pipelines need Python 3.9 or later, with venv or pip, and the Python package index (or the copy of an " +
  "earlier run). Install Python (Debian and Ubuntu: apt-get install python3 python3-venv), then run them again.";

/**
 * Installs them below the user's cache, unless they are there.
 *
 * @throws {Error} that says what to install when there is no Python
 */
export async function installPipelineTools(): Promise<PipelineTools> {
  const packages = await installPackages(
    {
      name: "pipeline-tools",
      pins: path.resolve(__dirname, "../../acceptance/pipelines.requirements.txt"),
      isUsable: async (found) =>
        (await runIn(found, ["-c", "import check_jsonschema, pre_commit, regopy"])).exitCode === 0,
      advice,
    },
    { env: process.env },
  );
  return { run: async (args, place) => runIn(packages, args, place) };
}

async function runIn(
  { python, env }: PythonPackages,
  args: readonly string[],
  place: { readonly cwd?: string; readonly env?: Readonly<Record<string, string | undefined>> } = {},
): Promise<{ readonly exitCode: number; readonly out: string }> {
  const options = { ...place, env: { ...(place.env ?? process.env), ...env } };
  try {
    const { stdout, stderr } = await promisify(execFile)(python, args, options);
    return { exitCode: 0, out: stdout + stderr };
  } catch (error) {
    // What execFile rejects with.
    const { code, stdout = "", stderr = "" } = error as { code?: unknown; stdout?: string; stderr?: string };
    return { exitCode: typeof code === "number" ? code : -1, out: stdout + stderr };
  }
}
