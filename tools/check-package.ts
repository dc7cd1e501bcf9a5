import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "..");

/** What the package may hold, beside what npm always adds. Anything else is a mistake. */
const allowedFile = /^(dist\/|docs\/audit\/rules\/|schemas\/|README\.md$|LICENSE$|CHANGELOG\.md$|package\.json$)/;

const program = `
import { Role, ServiceAccount } from "cdktf-qumulo";
import { ClusterError, openCluster, Secret } from "cdktf-qumulo/client";
import { exportStoredCluster, startSimulator } from "cdktf-qumulo/simulator";

async function main() {
  if (typeof Role !== "function" || typeof ServiceAccount !== "function") throw new Error("no constructs");
  if (typeof openCluster !== "function" || typeof ClusterError !== "function") throw new Error("no client");
  const simulator = await startSimulator();
  const sameSecretClass = simulator.adminPassword instanceof Secret;
  await simulator.close();
  const stored = await startSimulator({ dataFolder: "cluster", seed: { version: 1, users: [{ name: "svc" }] } });
  await stored.close();
  if ((await exportStoredCluster("cluster")).users?.[0]?.name !== "svc") throw new Error("no stored cluster");
  if (!sameSecretClass) throw new Error("client and simulator have different classes of secrets");
}

void main();
`;

const commonJs = program.replaceAll(/import (\{[^}]*\}) from ("[^"]*");/g, "const $1 = require($2);");

/** How consumers of different ages and kinds resolve types. */
const compilations = {
  "an ES module": ["program.mts", "--module", "nodenext", "--target", "es2023"],
  "a CommonJS module": ["program.cts", "--module", "nodenext", "--target", "es2023"],
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

/** Packs the package, unpacks it as a dependency of a new project, and uses it there in every supported way. */
async function main(): Promise<void> {
  const project = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-package-"));
  try {
    const files = await unpack(project);
    const strange = files.filter((file) => !allowedFile.test(file));
    if (strange.length > 0) throw new Error(`The package holds what nobody needs: ${strange.join(", ")}`);
    say(`packed: ${files.length} files`);
    await writePrograms(project);
    for (const name of ["program.mjs", "program.cjs"]) {
      await rm(path.join(project, "cluster"), { recursive: true, force: true });
      await run(process.execPath, [name], { cwd: project });
      say(`ran: ${name}`);
    }
    for (const [name, args] of Object.entries(compilations)) {
      await compile(project, args);
      say(`type-checked as: ${name}`);
    }
  } finally {
    await rm(project, { recursive: true, force: true });
  }
}

async function unpack(project: string): Promise<readonly string[]> {
  await run("npm", ["pack", "--pack-destination", project], { cwd: root });
  const [tarball = ""] = (await readdir(project)).filter((name) => name.endsWith(".tgz"));
  const target = path.join(project, "node_modules", "cdktf-qumulo");
  await mkdir(target, { recursive: true });
  await run("tar", ["-xzf", path.join(project, tarball), "-C", target, "--strip-components=1"]);
  await linkDependencies(path.join(project, "node_modules"));
  const entries = await readdir(target, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(target, path.join(entry.parentPath, entry.name)));
}

/** Lends the project the packages that npm would install: what libraries import, and the peers. */
async function linkDependencies(modules: string): Promise<void> {
  // The file is ours, and of this shape.
  const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
    readonly peerDependencies: Readonly<Record<string, string>>;
  };
  const names = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies), "@types/node"];
  for (const name of names) {
    await mkdir(path.dirname(path.join(modules, name)), { recursive: true });
    await symlink(path.join(root, "node_modules", name), path.join(modules, name));
  }
}

async function writePrograms(project: string): Promise<void> {
  await writeFile(path.join(project, "program.mjs"), program);
  await writeFile(path.join(project, "program.mts"), program);
  await writeFile(path.join(project, "program.cjs"), commonJs);
  await writeFile(path.join(project, "program.cts"), program);
}

async function compile(project: string, args: readonly string[]): Promise<void> {
  const compiler = path.join(root, "node_modules/typescript/bin/tsc");
  const strict = ["--noEmit", "--strict", "--skipLibCheck", "false", "--types", "node", "--lib", "es2023"];
  await run(process.execPath, [compiler, ...args, ...strict], { cwd: project }).catch((error: unknown) => {
    const said = typeof error === "object" && error !== null && "stdout" in error ? String(error.stdout) : "";
    throw new Error(said, { cause: error });
  });
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

await main();
