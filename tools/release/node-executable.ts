import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { enginesFolder } from "../../src/engine/build/cache.ts";
import { executableEnding, nodeArchitectures, nodeSystems, type Platform, platformName } from "./platforms.ts";

const run = promisify(execFile);
/** Manifest and lock file of the packages with the executables; the lock file holds their checksums. */
export const nodeManifestFolder = path.join(import.meta.dirname, "node");

/** A Node executable as its project has released it. */
export interface NodeExecutable {
  readonly file: string;
  /** Not there for Windows, whose package brings none. The licence is that of every platform. */
  readonly licenseFile: string;
}

/**
 * The pinned Node executable for a platform, from the user's cache or from npm.
 *
 * @throws {Error} when npm cannot install it
 */
export async function getNodeExecutable(platform: Platform): Promise<NodeExecutable> {
  const name = nodePackageName(platform);
  const version = await readPin(name);
  const cache = enginesFolder(process.env);
  const folder = path.join(cache, `node-${version}-${platformName(platform)}`);
  const found = {
    file: path.join(folder, `node${executableEnding(platform)}`),
    licenseFile: path.join(folder, "LICENSE"),
  };
  if ((await stat(folder).catch(() => undefined)) !== undefined) return found;
  await mkdir(cache, { recursive: true });
  const place = await mkdtemp(path.join(cache, "node-"));
  try {
    await install(place, platform);
    await keep(path.join(place, "node_modules", name), path.join(place, "kept"), path.basename(found.file));
    // Of two at once, the second finds the folder in its place, with the same files.
    await rename(path.join(place, "kept"), folder).catch(async () => stat(found.file));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
  return found;
}

/** The npm package with the Node executable for a platform. */
export function nodePackageName({ os, arch }: Platform): string {
  // The one package whose name has a word of its own for the system.
  return `node-${os === "windows" ? "win" : os}-${nodeArchitectures[arch]}`;
}

async function readPin(name: string): Promise<string> {
  const text = await readFile(path.join(nodeManifestFolder, "package.json"), "utf8");
  // The file is ours, and of this shape.
  const { optionalDependencies } = JSON.parse(text) as { readonly optionalDependencies: Record<string, string> };
  const version = optionalDependencies[name];
  if (version === undefined) throw new Error(`${nodeManifestFolder} pins no version of ${name}.`);
  return version;
}

async function install(place: string, { os, arch }: Platform): Promise<void> {
  for (const name of ["package.json", "package-lock.json"]) {
    await copyFile(path.join(nodeManifestFolder, name), path.join(place, name));
  }
  const chosen = [`--os=${nodeSystems[os]}`, `--cpu=${nodeArchitectures[arch]}`];
  await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", ...chosen], { cwd: place });
}

/** Leaves headers and manuals, which are the greater part. */
async function keep(from: string, to: string, executable: string): Promise<void> {
  await mkdir(to);
  await rename(path.join(from, "bin", executable), path.join(to, executable));
  // The package for Windows has none.
  await rename(path.join(from, "LICENSE"), path.join(to, "LICENSE")).catch(() => undefined);
}
