import { execFile } from "node:child_process";
import { readdir, readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { getNodeExecutable } from "./node-executable.ts";
import { nodeArchitectures, type Platform } from "./platforms.ts";
import type { TarEntry } from "./tar.ts";

const run = promisify(execFile);

/** Where things are in the image, from its root. */
export const imagePlaces = {
  node: "usr/local/bin/node",
  program: "opt/cdktf-qumulo/cdktf-qumulo.js",
  /** A folder of the image's user, for `--data`. */
  data: "data",
} as const;

/** The user that runs in the image: not root, and of a number that no system gives to a user of its own. */
export const imageUser = 10_001;

/** Node, the libraries that it needs, and the folders and files that every program expects. */
export async function runtimeFiles(platform: Platform, addOns: readonly string[]): Promise<readonly TarEntry[]> {
  const { file, licenseFile } = await getNodeExecutable(platform);
  const libraries = await librariesOf([file, ...addOns]);
  const users = `root:x:0:0:root:/:/sbin/nologin\nsimulator:x:${imageUser}:${imageUser}:simulator:/data:/sbin/nologin\n`;
  return [
    { name: imagePlaces.node, mode: 0o755, content: await readFile(file) },
    { name: "usr/share/doc/node/LICENSE", mode: 0o644, content: await readFile(licenseFile) },
    ...(await Promise.all(libraries.map(async (library) => copied(library, library.slice(1), 0o755)))),
    ...(await copyrightsOf(libraries)),
    { name: "etc/passwd", mode: 0o644, content: Buffer.from(users) },
    { name: "etc/group", mode: 0o644, content: Buffer.from(`root:x:0:\nsimulator:x:${imageUser}:\n`) },
    { name: "tmp", mode: 0o1777 },
    { name: imagePlaces.data, mode: 0o700, owner: imageUser },
  ];
}

/** The command line as it is built, and the packages that its bundle leaves outside. */
export async function programFiles(root: string, platform: Platform): Promise<readonly TarEntry[]> {
  const dist = path.join(root, "dist");
  const place = path.dirname(imagePlaces.program);
  const modules = outsidePackages(platform).map(async (name) =>
    folderFiles(path.join(root, "node_modules", name), `${place}/node_modules/${name}`),
  );
  return [
    await copied(path.join(dist, "cdktf-qumulo.js"), imagePlaces.program),
    await copied(path.join(dist, "package.json"), `${place}/package.json`),
    await copied(path.join(dist, "THIRD_PARTY_NOTICES.txt"), `${place}/THIRD_PARTY_NOTICES.txt`),
    await copied(path.join(root, "LICENSE"), `${place}/LICENSE`),
    ...(await Promise.all(modules)).flat(),
  ];
}

/** The compiled parts of those packages, which need libraries as Node does. */
export async function addOnsOf(root: string, platform: Platform): Promise<readonly string[]> {
  const files = await Promise.all(
    outsidePackages(platform).map(async (name) => listFiles(path.join(root, "node_modules", name))),
  );
  return files.flat().filter((file) => file.endsWith(".node"));
}

/** The database of `--data`, and all that it loads. */
function outsidePackages({ os, arch }: Platform): readonly string[] {
  return ["libsql", "@neon-rs/load", "detect-libc", `@libsql/${os}-${nodeArchitectures[arch]}-gnu`];
}

/**
 * The libraries that programs of this machine's platform need, the loader of them all included, by the paths at which the loader
 * looks for them.
 */
async function librariesOf(programs: readonly string[]): Promise<readonly string[]> {
  const outputs = await Promise.all(programs.map(async (program) => run("ldd", [program])));
  const found = outputs.flatMap(({ stdout }) => [...stdout.matchAll(/(?:=> |^\t)(\/\S+) \(0x/gm)]);
  return [...new Set(found.map(([, library = ""]) => library))].sort();
}

/** Who made the libraries, and what may be done with them, as Debian's packages tell; nothing on other systems. */
async function copyrightsOf(libraries: readonly string[]): Promise<readonly TarEntry[]> {
  const places = await Promise.all(
    libraries.map(async (library) => [library, await realpath(library), `/usr${library}`]),
  );
  const { stdout } = await run("dpkg-query", ["--search", ...new Set(places.flat())]).catch((error: unknown) => {
    // It fails for a single path that belongs to no package, and still tells of the others.
    const told = typeof error === "object" && error !== null && "stdout" in error ? String(error.stdout) : "";
    return { stdout: told };
  });
  const names = new Set([...stdout.matchAll(/^([^:,\s]+)(?::[^,\s]+)?: \//gm)].map(([, name = ""]) => name));
  const files = [...names].sort().map((name) => `/usr/share/doc/${name}/copyright`);
  return Promise.all(files.map(async (file) => copied(file, file.slice(1))));
}

async function folderFiles(folder: string, place: string): Promise<readonly TarEntry[]> {
  const files = await listFiles(folder);
  return Promise.all(files.map(async (file) => copied(file, path.posix.join(place, path.relative(folder, file)))));
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

async function copied(from: string, name: string, mode = 0o644): Promise<TarEntry> {
  return { name, mode, content: await readFile(from) };
}
