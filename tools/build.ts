import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import { writeDeclarations } from "./declarations.ts";
import { renderNotices } from "./third-party-notices.ts";

const root = path.resolve(import.meta.dirname, "..");
const dist = path.join(root, "dist");

/** Programs, each one file with all it needs. */
const programs = {
  "cdktf-qumulo.js": "src/bin/cdktf-qumulo.ts",
  "terraform-provider-qumulo": "src/bin/terraform-provider-qumulo.ts",
};

/** What other people's programs import. */
const libraries = {
  "constructs.js": "constructs/index.ts",
  "client.js": "src/client/index.ts",
  "simulator.js": "src/simulator/index.ts",
};

/** A class of its own file: one that every library bundled for itself would not know the others' secrets. */
const sharedFile = { output: "secret.js", source: "src/vocabulary/secret.ts" };

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20.18",
  metafile: true,
  logLevel: "warning",
} satisfies BuildOptions;

async function main(): Promise<void> {
  const missing = await missingSources();
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist);
  // All that Node reads here is CommonJS, which starts faster than ES modules do.
  await writeFile(path.join(dist, "package.json"), '{ "type": "commonjs" }\n');
  const version = await readVersion();
  const [metafiles] = await Promise.all([
    Promise.all(present(programs, missing).map(async ([output, source]) => buildProgram({ output, source, version }))),
    Promise.all(
      present({ ...libraries, [sharedFile.output]: sharedFile.source }, missing).map(async ([output, source]) =>
        buildLibrary(output, source),
      ),
    ),
    writeDeclarations({
      root,
      folder: path.join(dist, "types"),
      entryPoints: Object.values(libraries).filter((source) => !missing.includes(source)),
    }),
  ]);
  await writeFile(path.join(dist, "THIRD_PARTY_NOTICES.txt"), await renderNotices(root, inputsOf(metafiles)));
  if (missing.length > 0) throw new Error(`These sources do not exist: ${missing.join(", ")}.`);
}

async function missingSources(): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const source of [...Object.values(programs), ...Object.values(libraries)]) {
    if ((await stat(path.join(root, source)).catch(() => undefined)) === undefined) missing.push(source);
  }
  return missing;
}

function present(outputs: Readonly<Record<string, string>>, missing: readonly string[]): [string, string][] {
  return Object.entries(outputs).filter(([, source]) => !missing.includes(source));
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

/** Bundles one program. It appears under its name when it is whole and executable: an engine may be starting it. */
async function buildProgram({ output, source, version }: ProgramBuild): Promise<Metafile> {
  const outfile = path.join(dist, output);
  const fresh = path.join(dist, `.${output}.fresh.js`);
  const { metafile } = await build({
    ...shared,
    entryPoints: [source],
    outfile: fresh,
    banner: { js: "#!/usr/bin/env node" },
    define: { projectVersion: JSON.stringify(version) },
    // Names stay, for stack traces that people can read.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
  });
  await chmod(fresh, 0o755);
  await rename(fresh, outfile);
  return metafile;
}

/** Bundles one library. Packages of other people stay outside, so that a program has them once. */
async function buildLibrary(output: string, source: string): Promise<void> {
  await build({
    ...shared,
    entryPoints: [source],
    outfile: path.join(dist, output),
    packages: "external",
    plugins: source === sharedFile.source ? [] : [keepSharedFileOutside],
  });
}

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
