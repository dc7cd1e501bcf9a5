import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const packaged =
  /^(action[.]yml$|dist\/|docs\/|examples\/[\w-]+\/(main\.ts|cdktf\.json|compose\.yaml|\w+\.(py|tf))$|pipelines\/|schemas\/|[A-Z]+\.md$|LICENSE$|package\.json$)/;

/** Whether the package may hold a file, besides what npm always adds. Anything else is a mistake. */
export function isPackaged(file: string): boolean {
  return packaged.test(file);
}

/** What `npm pack --json` says of a package. */
type Packed = readonly { readonly filename: string; readonly files: readonly PackedFile[] }[];

interface PackedFile {
  readonly path: string;
  readonly mode: number;
}

/**
 * Packs the built package as npm does, from a copy with one mode for every file: npm takes modes over from the clone,
 * which has them from the umask of whoever made it.
 *
 * @returns the file name of the tarball
 */
export async function packPackage(root: string, target: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-pack-"));
  try {
    const [listed] = await pack(root, ["--dry-run"]);
    for (const file of listed?.files ?? []) await copy(file, { from: root, to: folder });
    const [packed] = await pack(folder, ["--pack-destination", target]);
    if (packed === undefined) throw new Error("npm has packed nothing.");
    return packed.filename;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Installs a tarball, and other packages of npm's registry, into a folder of its own as npm does. */
export async function installTarball(tarball: string, folder: string, others: readonly string[] = []): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "package.json"), '{ "private": true }\n');
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline"];
  await run("npm", ["install", ...quiet, path.resolve(tarball), ...others], { cwd: folder });
}

/** Packages in the versions of the development dependencies of a checkout, as `npm install` takes them; others as they are. */
export async function pinPackages(root: string, names: readonly string[]): Promise<readonly string[]> {
  // The file is ours, and of this shape.
  const { devDependencies } = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  return names.map((name) => {
    const version = devDependencies[name];
    return version === undefined ? name : `${name}@${version}`;
  });
}

async function pack(folder: string, args: readonly string[]): Promise<Packed> {
  const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", ...args], { cwd: folder });
  // npm documents this output.
  return JSON.parse(stdout) as Packed;
}

async function copy(file: PackedFile, { from, to }: { readonly from: string; readonly to: string }): Promise<void> {
  const copied = path.join(to, file.path);
  await mkdir(path.dirname(copied), { recursive: true });
  await copyFile(path.join(from, file.path), copied);
  await chmod(copied, (file.mode & 0o100) === 0 ? 0o644 : 0o755);
}
