/**
 * Installs the package into an empty folder as npm does, and uses it there in every supported way.
 *
 * Takes a tarball, or packs what is built; and the folder, or a temporary one. Asks npm's registry for other packages.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { installTarball, isPackaged, packPackage, pinPackages } from "./release/npm-package.ts";
import { type Library, writePrograms } from "./package-programs.ts";
import { runTestRunners, testRunners } from "./test-runners.ts";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "..");

/** What a program that uses all of the package installs next to it, in the versions that are tested here. */
const companions = ["constructs", "@types/node"];

/** How consumers of different ages and kinds resolve types. The first checks the declarations themselves too. */
const compilations = {
  "an ES module and a CommonJS module": [
    "program.mts",
    "program.cts",
    "--module",
    "nodenext",
    "--skipLibCheck",
    "false",
    "--target",
    "es2023",
  ],
  "a bundler": ["program.mts", "--module", "esnext", "--moduleResolution", "bundler", "--target", "es2023"],
  "a CDKTF project as its template makes it": [
    "program.cts",
    "--module",
    "commonjs",
    "--moduleResolution",
    "node10",
    "--ignoreDeprecations",
    "6.0",
    "--target",
    "es2022",
  ],
} as const;

async function main([tarball, folder]: readonly string[]): Promise<void> {
  const temporary = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-package-"));
  try {
    const project = folder ?? path.join(temporary, "project");
    const packed = tarball ?? path.join(temporary, await packPackage(root, temporary));
    await installTarball(packed, project, await pinPackages(root, [...companions, "cdktf", ...testRunners]));
    await useInstalled(project, "cdktf");
    await runTestRunners(project, {
      onRan: (name) => {
        say(`ran in: ${name}`);
      },
    });
    const onTerrain = path.join(temporary, "on-terrain");
    await installTarball(packed, onTerrain, await pinPackages(root, [...companions, "cdktn"]));
    await useInstalled(onTerrain, "cdktn");
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function useInstalled(project: string, library: Library): Promise<void> {
  const files = await installedFiles(project);
  const strange = files.filter((file) => !isPackaged(file));
  if (strange.length > 0) throw new Error(`The package holds what nobody needs: ${strange.join(", ")}`);
  say(`installed beside ${library}: ${files.length} files`);
  await writePrograms(project, library);
  for (const name of ["program.mjs", "program.cjs"]) {
    await rm(path.join(project, "cluster"), { recursive: true, force: true });
    await run(process.execPath, [name], { cwd: project });
    say(`ran: ${name}`);
  }
  for (const [name, args] of Object.entries(compilations)) {
    await compile(project, args);
    say(`type-checked as: ${name}`);
  }
}

async function installedFiles(project: string): Promise<readonly string[]> {
  const folder = path.join(project, "node_modules", "cdktf-qumulo");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}

async function compile(project: string, args: readonly string[]): Promise<void> {
  const compiler = path.join(root, "node_modules/typescript/bin/tsc");
  const strict = ["--skipLibCheck", "--noEmit", "--strict", "--types", "node", "--lib", "es2023"];
  await run(process.execPath, [compiler, ...strict, ...args], { cwd: project }).catch((error: unknown) => {
    const said = typeof error === "object" && error !== null && "stdout" in error ? String(error.stdout) : "";
    throw new Error(said, { cause: error });
  });
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

await main(process.argv.slice(2));
