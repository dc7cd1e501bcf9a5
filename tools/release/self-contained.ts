import { execFile } from "node:child_process";
import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { getNodeExecutable } from "./node-executable.ts";
import { parsePlatform, type Platform } from "./platforms.ts";

const run = promisify(execFile);
const postject = path.resolve(import.meta.dirname, "../../node_modules/postject/dist/cli.js");

/** What Node looks for in itself, as its documentation of single executable applications says. */
const resource = { name: "NODE_SEA_BLOB", fuse: "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2" };
const script = "terraform-provider-qumulo.js";

/** A program that needs nothing on its machine but the C and C++ libraries. */
export interface SelfContainedProgram {
  readonly content: Uint8Array;
  /** The licence of Node, which is the greatest part of it. */
  readonly nodeLicense: Uint8Array;
}

/**
 * Puts a script into the Node executable of a platform.
 *
 * @param program - the text of the script
 *
 * @throws {Error} on a machine that cannot run any of these executables: Node itself prepares what is put into it
 */
export async function makeSelfContained(program: string, platform: Platform): Promise<SelfContainedProgram> {
  const preparing = await getNodeExecutable(thisPlatform());
  const { file } = await getNodeExecutable(platform);
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-self-contained-"));
  try {
    // Names without folders: what Node prepares names its script.
    await writeFile(path.join(folder, script), program);
    await writeFile(path.join(folder, "config.json"), JSON.stringify(configuration));
    await run(preparing.file, ["--experimental-sea-config", "config.json"], { cwd: folder });
    await copyFile(file, path.join(folder, "program"));
    await chmod(path.join(folder, "program"), 0o755);
    const args = ["program", resource.name, configuration.output, "--sentinel-fuse", resource.fuse];
    await run(process.execPath, [postject, ...args], { cwd: folder });
    return {
      content: await readFile(path.join(folder, "program")),
      nodeLicense: await readFile(preparing.licenseFile),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Without snapshot and code cache, which work only on the kind of processor that they were made on. */
const configuration = {
  main: script,
  output: "prepared.blob",
  disableExperimentalSEAWarning: true,
  useSnapshot: false,
  useCodeCache: false,
};

/**
 * The platform on which a release is made.
 *
 * @throws {Error} where that is not Linux
 */
export function thisPlatform(): Platform {
  if (process.platform !== "linux") {
    throw new Error("Self-contained executables are made on Linux. Elsewhere, name other platforms with --platform.");
  }
  return parsePlatform(`linux_${process.arch === "x64" ? "amd64" : process.arch}`);
}
