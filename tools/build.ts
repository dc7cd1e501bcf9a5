import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import type { lateFiles } from "../src/vocabulary/provider-files.ts";
import { bundledPackagesFile, renderBundledPackages } from "./bundled-packages.ts";
import { writeDeclarations } from "./declarations.ts";
import { readLauncher } from "./launcher.ts";
import { encodeAnswers } from "./prepared-answers.ts";
import { renderNotices } from "./third-party-notices.ts";

const root = path.resolve(import.meta.dirname, "..");
/** Where a build takes place. Others may be using the programs in `dist` meanwhile, which is replaced at the end. */
const dist = path.join(root, "node_modules", ".cache", "cdktf-qumulo", `build-${process.pid}`);

/** Programs, each one file with all it needs but {@link nativePackages} and what it loads late. */
const programs = {
  "cdktf-qumulo.js": "src/bin/cdktf-qumulo.ts",
  "terraform-provider-qumulo": "src/bin/terraform-provider-qumulo.ts",
};

/** A file that a program of the provider loads late: made of one source, and loaded in place of what is imported as these. */
interface LateFile {
  readonly source: string;
  readonly imports: readonly string[];
}

const poolAlone = "tools/undici-pool.cjs";
const encryption = "src/provider/access-token/secret/age.ts";

/**
 * What the provider's program loads late stands in files beside it: an engine waits for the first one, and Node reads all of
 * a file before it runs any of it. More than half of the rest is packages that only some processes need.
 */
const late: Readonly<Record<(typeof lateFiles)[number], LateFile>> = {
  "provider-grpc.js": {
    source: "src/bin/provider-grpc.ts",
    imports: ["src/bin/prepared-answers.ts", "src/plugin/grpc-server.ts"],
  },
  "provider.js": {
    source: "src/bin/provider.ts",
    imports: [
      "src/framework/create-provider-server.ts",
      "src/plugin/protocol6/provider-service.ts",
      "src/provider/provider.ts",
    ],
  },
  "provider-http.js": { source: "src/bin/provider-http.ts", imports: [poolAlone] },
  "provider-age.js": { source: encryption, imports: [encryption] },
};

/** What the command line loads late: all the rest of it, so that Node can keep what it compiles of it. */
const lateCommandLine: Readonly<Record<string, LateFile>> = {
  "command-line.js": { source: "src/bin/command-line.ts", imports: ["src/bin/command-line.ts"] },
};

const allLate = { ...late, ...lateCommandLine };

/**
 * What of Node the provider's first file loads, while an engine waits: others cost a millisecond or more each. Those that it
 * needs after that come from `process.getBuiltinModule`.
 */
const firstModules: readonly string[] = ["node:crypto", "node:fs", "node:net", "node:os", "node:path"];

/** What other people's programs import. */
const libraries = {
  "constructs.js": "constructs/index.ts",
  "client.js": "src/client/index.ts",
  "simulator.js": "src/simulator/index.ts",
  "audit.js": "src/audit/index.ts",
  "testcontainers.js": "src/testcontainers/index.ts",
};

/**
 * The constructs once more, for programs that have CDK Terrain under its own name: the one source, on the other library, and
 * what only that has.
 */
const onTerrain = { output: "constructs-cdktn.js", source: "constructs/terrain/index.ts", alias: { cdktf: "cdktn" } };

/** A class of its own file: one that every library bundled for itself would not know the others' secrets. */
const sharedFile = { output: "secret.js", source: "src/vocabulary/secret.ts" };

/** Packages with a part for each kind of machine: npm chooses it where the package is installed. */
const nativePackages = ["libsql"];

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20.18",
  // Packages that are loaded late are required: jest lets nothing import while a test runs, unless Node is given a flag.
  supported: { "dynamic-import": false },
  // Names of modules stay in the bundles: they must not tell where the packages stand.
  preserveSymlinks: true,
  metafile: true,
  logLevel: "warning",
} satisfies BuildOptions;

async function main(): Promise<void> {
  const missing = await missingSources();
  if (missing.length > 0) throw new Error(`These sources do not exist: ${missing.join(", ")}.`);
  await mkdir(dist, { recursive: true });
  try {
    await buildAll(await readVersion());
    await replaceFolder(path.join(root, "dist"), dist);
  } finally {
    await rm(dist, { recursive: true, force: true });
  }
}

async function buildAll(version: string): Promise<void> {
  // All that Node reads here is CommonJS, which starts faster than ES modules do.
  await writeFile(path.join(dist, "package.json"), '{ "type": "commonjs" }\n');
  const [metafiles] = await Promise.all([
    Promise.all(
      [
        ...Object.entries(programs),
        ...Object.entries(allLate).map(([output, { source }]) => [output, source] as const),
      ].map(async ([output, source]) => buildProgram({ output, source, version })),
    ),
    Promise.all(
      [...Object.entries(libraries).map(([output, source]) => ({ output, source })), sharedFile, onTerrain].map(
        buildLibrary,
      ),
    ),
    writeDeclarations({
      root,
      folder: path.join(dist, "types"),
      entryPoints: Object.values(libraries),
      terrain: onTerrain.source,
    }),
  ]);
  await writeFile(path.join(dist, "THIRD_PARTY_NOTICES.txt"), await renderNotices(root, inputsOf(metafiles)));
  await writeFile(path.join(dist, bundledPackagesFile), renderBundledPackages(metafiles));
}

async function replaceFolder(folder: string, fresh: string): Promise<void> {
  const old = `${fresh}-old`;
  await rename(folder, old).catch(() => undefined); // the first build finds none
  await rename(fresh, folder);
  await rm(old, { recursive: true, force: true });
}

async function missingSources(): Promise<readonly string[]> {
  const missing: string[] = [];
  const lateSources = Object.values(allLate).map(({ source }) => source);
  for (const source of [...Object.values(programs), ...lateSources, ...Object.values(libraries), onTerrain.source]) {
    if ((await stat(path.join(root, source)).catch(() => undefined)) === undefined) missing.push(source);
  }
  return missing;
}

async function readVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) throw new Error("No version.");
  return String(manifest.version);
}

interface ProgramBuild {
  readonly output: string;
  readonly source: string;
  readonly version: string;
}

/** Bundles one program. */
async function buildProgram({ output, source, version }: ProgramBuild): Promise<Metafile> {
  const outfile = path.join(dist, output);
  const isStarted = output in programs;
  const { metafile } = await build({
    ...shared,
    entryPoints: [source],
    outfile,
    banner: isStarted
      ? { js: output === "terraform-provider-qumulo" ? await readLauncher() : "#!/usr/bin/env node" }
      : {},
    plugins: [
      loadLateFiles(output === "cdktf-qumulo.js" || output in lateCommandLine ? lateCommandLine : late),
      ...(output === "provider.js" ? [shareGrpc] : []),
      usePoolAlone,
    ],
    define: { projectVersion: JSON.stringify(version), ...(await preparedAnswersOf(output)) },
    external: nativePackages,
    // Names stay, for stack traces that people can read.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
  });
  if (isStarted) await chmod(outfile, 0o755);
  if (source === programs["terraform-provider-qumulo"]) assertStartsSoon(metafile);
  return metafile;
}

/** Only the file that answers with them: esbuild would have every source of a bundle begin with them. */
async function preparedAnswersOf(output: string): Promise<Record<string, string>> {
  return output === "provider-grpc.js" ? { encodedAnswers: JSON.stringify(await encodeAnswers()) } : {};
}

function assertStartsSoon({ outputs }: Metafile): void {
  const imported = Object.values(outputs).flatMap(({ imports }) => imports.map((each) => each.path));
  const others = imported.filter((name) => name.startsWith("node:") && !firstModules.includes(name));
  if (others.length === 0) return;
  throw new Error(
    `Engines would wait until the provider has loaded ${others.join(", ")}. Take it from process.getBuiltinModule.`,
  );
}

interface LibraryBuild {
  readonly output: string;
  readonly source: string;
  /** Packages that are imported under another name than the source has. */
  readonly alias?: Record<string, string>;
}

/** Bundles one library. Packages of other people stay outside, so that a program has them once. */
async function buildLibrary({ output, source, alias = {} }: LibraryBuild): Promise<void> {
  await build({
    ...shared,
    entryPoints: [source],
    outfile: path.join(dist, output),
    packages: "external",
    alias,
    plugins: source === sharedFile.source ? [] : [keepSharedFileOutside],
  });
}

/** Of undici the pool of connections, without HTTP/2: it does without where Node has none, and Node takes long to load it. */
const usePoolAlone: Plugin = {
  name: "use-pool-alone",
  setup(bundling) {
    bundling.onResolve({ filter: /^undici$/ }, () => ({ path: path.join(root, poolAlone) }));
    bundling.onResolve({ filter: /^node:http2$/ }, ({ importer }) =>
      importer.includes("/undici/") ? { path: "node:http2", namespace: "absent" } : undefined,
    );
    bundling.onLoad({ filter: /^/, namespace: "absent" }, ({ path: name }) => ({
      contents: `throw new Error("${name} is not used");`,
    }));
  },
};

const loadLateFiles = (files: Readonly<Record<string, LateFile>>): Plugin => ({
  name: "load-late-files",
  setup(bundling) {
    bundling.onResolve({ filter: /[.]ts$|^undici$/ }, ({ kind, path: imported, resolveDir }) => {
      if (kind !== "dynamic-import") return undefined;
      const file = imported === "undici" ? path.join(root, poolAlone) : path.resolve(resolveDir, imported);
      const found = Object.entries(files).find(([, { imports }]) => imports.includes(path.relative(root, file)));
      return found === undefined ? undefined : { path: `./${found[0]}`, external: true };
    });
  },
});

/** Errors of gRPC are of one class, also where they are thrown in one file and caught in another. */
const shareGrpc: Plugin = {
  name: "share-grpc",
  setup(bundling) {
    bundling.onResolve({ filter: /\/grpc\/server\.ts$/ }, () => ({ path: "./provider-grpc.js", external: true }));
  },
};

const keepSharedFileOutside: Plugin = {
  name: "keep-shared-file-outside",
  setup(bundling) {
    const file = path.join(root, sharedFile.source);
    bundling.onResolve({ filter: /\/secret\.ts$/ }, ({ path: imported, resolveDir }) =>
      path.resolve(resolveDir, imported) === file ? { path: `./${sharedFile.output}`, external: true } : undefined,
    );
  },
};

/** The files whose code stands in the bundles. */
function inputsOf(metafiles: readonly Metafile[]): readonly string[] {
  const bundled = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)),
  );
  return [...new Set(bundled)].sort();
}

await main();
