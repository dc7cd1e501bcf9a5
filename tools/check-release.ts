/**
 * Builds and releases this project twice, for this machine's platform, in copies that differ in all that must not matter:
 * place, umask, time zone and the times of files. Fails when one file differs.
 */
import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "..");
const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;

interface Surroundings {
  readonly place: string;
  readonly umask: string;
  readonly timeZone: string;
}

const surroundings: readonly Surroundings[] = [
  { place: "first", umask: "022", timeZone: "Pacific/Kiritimati" },
  { place: "second/in a deeper folder", umask: "077", timeZone: "America/St_Johns" },
];

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-check-release-"));
  try {
    const sums: string[] = [];
    for (const each of surroundings) sums.push(await release(path.join(folder, each.place), each));
    const [first = "", second = ""] = sums;
    const differing = first.split("\n").filter((line) => !second.split("\n").includes(line));
    if (differing.length > 0) throw new Error(`These files differ from one clone to another:\n${differing.join("\n")}`);
    process.stdout.write(`The same bytes twice, in ${first.trimEnd().split("\n").length} files.\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns the text of `SHA256SUMS` */
async function release(clone: string, { umask, timeZone }: Surroundings): Promise<string> {
  await copyProject(clone);
  const commands = [`umask ${umask}`, "npx tsx tools/build.ts", `npx tsx tools/release.ts --platform ${platform}`];
  await run("sh", ["-c", commands.join(" && ")], { cwd: clone, env: { ...process.env, TZ: timeZone } });
  return readFile(path.join(clone, "release", "SHA256SUMS"), "utf8");
}

/** Copies what git knows, changes that are not committed included; the copies have times of their own. */
async function copyProject(clone: string): Promise<void> {
  const { stdout } = await run("git", ["ls-files", "-z"], { cwd: root, maxBuffer: 16 * 1024 * 1024 });
  for (const file of stdout.split("\0").filter((name) => name !== "")) {
    await mkdir(path.dirname(path.join(clone, file)), { recursive: true });
    await copyFile(path.join(root, file), path.join(clone, file));
  }
  await linkPackages(path.join(clone, "node_modules"));
}

/** Links each package, so that what a build keeps beside them is the clone's own. */
async function linkPackages(modules: string): Promise<void> {
  await mkdir(modules);
  for (const name of await readdir(path.join(root, "node_modules"))) {
    if (name !== ".cache") await symlink(path.join(root, "node_modules", name), path.join(modules, name));
  }
}

await main();
