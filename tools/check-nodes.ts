/**
 * Installs one packed package into empty folders on every Node that is supported, and uses it there as people do: with
 * either library and with the package managers and settings that they have.
 *
 * Packs what is built. Takes the Nodes, npm and other packages from npm's registry.
 */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { type Library, onLibrary, writePrograms } from "./package-programs.ts";
import { pluginEnvironment } from "./plugin-environment.ts";
import { packPackage, pinPackages } from "./release/npm-package.ts";
import { runTestRunners, testRunners } from "./test-runners.ts";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "..");

/** The oldest Node that is supported, and the newest of each line since. */
const nodeVersions = ["20.18.1", "22.23.5", "24.22.3", "26.12.1"] as const;
const npmVersions = ["10.9.9", "11.21.2"] as const;

/** How a program comes to the package. */
interface Way {
  readonly node: string;
  readonly npm: string;
  readonly withScripts: boolean;
  readonly library: Library;
}

/**
 * Any two of Node, npm, install scripts and library meet in one of these: faults of such things come from one of them, or
 * from two together.
 */
const ways: readonly Way[] = nodeVersions.flatMap((node, index) => {
  const first = { npm: npmVersions[index % 2] ?? "", withScripts: index < 2 };
  const second = { npm: npmVersions[(index + 1) % 2] ?? "", withScripts: index >= 2 };
  return [
    { node, library: "cdktf", ...first },
    { node, library: "cdktn", ...second },
  ] as const;
});

async function main(): Promise<void> {
  const place = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-nodes-"));
  try {
    const tarball = path.join(place, await packPackage(root, place));
    const tools = path.join(place, "tools");
    await Promise.all([
      ...nodeVersions.map(async (version) => installTool(tools, nodePackage(), version)),
      ...npmVersions.map(async (version) => installTool(tools, "npm", version)),
    ]);
    const waiting = [...ways];
    const worker = async (): Promise<void> => {
      for (let way = waiting.shift(); way !== undefined; way = waiting.shift()) {
        await tryWay(way, { place, tarball });
        process.stdout.write(`works: ${renderWay(way)}\n`);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, worker));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

interface Ground {
  readonly place: string;
  readonly tarball: string;
}

async function tryWay(way: Way, ground: Ground): Promise<void> {
  const project = path.join(ground.place, renderWay(way).replaceAll(/[^\w.]+/g, "-"));
  try {
    await useInstalled(way, await installProject(way, project, ground));
  } catch (error) {
    throw new Error(`${renderWay(way)}: ${printed(error)}`, { cause: error });
  } finally {
    await rm(project, { recursive: true, force: true });
  }
}

/** A project with the package, and how its programs run: on the way's Node alone. */
interface Project {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly node: string;
}

async function installProject(way: Way, folder: string, { place, tarball }: Ground): Promise<Project> {
  const bin = path.join(place, "tools", `${nodePackage()}-${way.node}`, "node_modules", nodePackage(), "bin");
  const node = path.join(bin, "node");
  const npm = path.join(place, "tools", `npm-${way.npm}`, "node_modules/npm/bin/npm-cli.js");
  // Constructs ask Terraform for its version, which would note in the home folder that it has asked for news.
  const settled = { NODE_OPTIONS: "", CI: "1", CHECKPOINT_DISABLE: "1" };
  const env = { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}`, ...settled };
  await mkdir(folder);
  await writeFile(path.join(folder, "package.json"), '{ "private": true }\n');
  const versions = await pinPackages(root, [way.library, "constructs", "tsx"]);
  const settings = ["--no-audit", "--no-fund", "--prefer-offline", `--ignore-scripts=${String(!way.withScripts)}`];
  const runners = way.library === "cdktn" ? testRunners : [];
  await run(node, [npm, "install", ...settings, tarball, ...versions, ...runners], { cwd: folder, env });
  return { folder, env, node };
}

async function useInstalled({ library }: Way, { folder, env, node }: Project): Promise<void> {
  const bin = path.join(folder, "node_modules/.bin");
  const version = await run(path.join(bin, "cdktf-qumulo"), ["--version"], { cwd: folder, env });
  if (!/^\d+\.\d+\.\d+\n$/.test(version.stdout)) throw new Error(`no version: ${version.stdout}`);
  await writePrograms(folder, library);
  for (const name of ["program.mjs", "program.cjs"]) {
    await rm(path.join(folder, "cluster"), { recursive: true, force: true });
    await run(node, [name], { cwd: folder, env });
  }
  await writeExamples(folder, library);
  await run(path.join(bin, "tsx"), ["examples.ts"], { cwd: folder, env });
  await shakeHands(folder, env);
  if (library === "cdktn") await runTestRunners(folder, { node, onRan: () => undefined });
}

/** Writes all examples, and `examples.ts`, which runs one after the other: most of the time of one is the library's start. */
async function writeExamples(folder: string, library: Library): Promise<void> {
  const names = await examples();
  for (const name of names) {
    const text = await readFile(path.join(root, "examples", name, "main.ts"), "utf8");
    await writeFile(path.join(folder, `example-${name}.ts`), onLibrary(text, library));
  }
  await writeFile(path.join(folder, "examples.ts"), names.map((name) => `import "./example-${name}.ts";\n`).join(""));
}

async function examples(): Promise<readonly string[]> {
  const files = await readdir(path.join(root, "examples"), { recursive: true });
  return files.filter((file) => /^[^/]+\/main\.ts$/.test(file)).map((file) => path.dirname(file));
}

/** Installs the provider into a mirror, and starts it as an engine does. */
async function shakeHands(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  await run(path.join(folder, "node_modules/.bin/cdktf-qumulo"), ["install", "--mirror", "mirror"], {
    cwd: folder,
    env,
  });
  const files = await readdir(path.join(folder, "mirror"), { recursive: true });
  const [provider = ""] = files.filter((file) => path.basename(file).startsWith("terraform-provider-"));
  const child = spawn(path.join(folder, "mirror", provider), { env: { ...env, ...pluginEnvironment } });
  const [line] = (await Promise.race([once(child.stdout, "data"), once(child, "exit")])) as readonly unknown[];
  child.kill();
  if (!String(line).startsWith("1|6|unix|")) throw new Error(`no handshake: ${String(line)}`);
}

async function installTool(tools: string, name: string, version: string): Promise<void> {
  const folder = path.join(tools, `${name}-${version}`);
  await mkdir(folder, { recursive: true });
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts", "--prefix", folder];
  await run("npm", ["install", ...quiet, `${name}@${version}`]);
}

/** The package with Node for this machine, as the package `node` chooses it. */
function nodePackage(): string {
  return `node-${process.platform}-${process.arch}`;
}

function renderWay({ node, npm, withScripts, library }: Way): string {
  return `Node ${node}, npm ${npm}, install scripts ${withScripts ? "allowed" : "not allowed"}, ${library}`;
}

function printed(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stdout = "", stderr = "" } = error as { readonly stdout?: string; readonly stderr?: string };
  return `${error.message}\n${stdout}${stderr}`;
}

await main();
