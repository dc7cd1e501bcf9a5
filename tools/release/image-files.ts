import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { Lock } from "./bill/packages.ts";
import { getNodeExecutable } from "./node-executable.ts";
import { nodeArchitectures, type Platform } from "./platforms.ts";
import { findSystemPackages, librariesOf } from "./system-packages.ts";
import type { TarEntry } from "./tar.ts";

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

/** What the command line is built as: the program, and what that loads. */
export const commandLineFiles = ["cdktf-qumulo.js", "command-line.js"] as const;

/** The command line as it is built, and the packages that its bundle leaves outside. */
export async function programFiles(root: string, platform: Platform): Promise<readonly TarEntry[]> {
  const dist = path.join(root, "dist");
  const place = path.dirname(imagePlaces.program);
  const modules = (await outsideFolders(root, platform)).map(async (folder) =>
    folderFiles(path.join(root, folder), `${place}/${folder}`),
  );
  return [
    ...(await Promise.all(commandLineFiles.map(async (name) => copied(path.join(dist, name), `${place}/${name}`)))),
    await copied(path.join(dist, "package.json"), `${place}/package.json`),
    await copied(path.join(dist, "THIRD_PARTY_NOTICES.txt"), `${place}/THIRD_PARTY_NOTICES.txt`),
    await copied(path.join(root, "LICENSE"), `${place}/LICENSE`),
    ...(await Promise.all(modules)).flat(),
  ];
}

/** The compiled parts of those packages, which need libraries as Node does. */
export async function addOnsOf(root: string, platform: Platform): Promise<readonly string[]> {
  const files = await Promise.all(
    (await outsideFolders(root, platform)).map(async (folder) => listFiles(path.join(root, folder))),
  );
  return files.flat().filter((file) => file.endsWith(".node"));
}

/** The places of the packages that the bundle leaves outside: the database of `--data`, and all that it loads. */
export async function outsidePackages(root: string, { os, arch }: Platform): Promise<readonly string[]> {
  const lock = await Lock.read(root);
  const own = `node_modules/@libsql/${os}-${nodeArchitectures[arch]}-gnu`;
  const places = [...lock.closure(["node_modules/libsql"]).keys()];
  return places.filter((place) => place === own || !place.startsWith("node_modules/@libsql/")).sort();
}

/** Their folders; a package inside another's folder comes with that. */
async function outsideFolders(root: string, platform: Platform): Promise<readonly string[]> {
  return (await outsidePackages(root, platform)).filter((place) => place.lastIndexOf("node_modules/") === 0);
}

/** The libraries of this machine that an image for its platform holds. */
export async function imageLibraries(root: string, platform: Platform): Promise<readonly string[]> {
  const { file } = await getNodeExecutable(platform);
  return librariesOf([file, ...(await addOnsOf(root, platform))]);
}

/** Who made the libraries, and what may be done with them, as Debian's packages tell; nothing on other systems. */
async function copyrightsOf(libraries: readonly string[]): Promise<readonly TarEntry[]> {
  const packages = await findSystemPackages(libraries);
  const files = packages.map(({ name }) => `/usr/share/doc/${name}/copyright`);
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
