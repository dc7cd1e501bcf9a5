import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { renderProviderSchemaJson, type ProviderInventory } from "./provider-schema-json.ts";

/** What {@link makeProviderBindings} needs to know. */
export interface BindingsRequest {
  /** Whose generator writes them, and which library they stand on. */
  readonly library: keyof typeof libraries;
  readonly provider: ProviderInventory;
  /** Source address without a host, as configurations state it: `namespace/name`. */
  readonly source: string;
  /** The provider's own version. */
  readonly version: string;
}

/**
 * The generators, and the modules of each that are kept: CDK Terrain's adds what CDKTF has no classes for. What both have is
 * written by CDKTF's, so that it works on both. A process loads one of them: both bring a program for WebAssembly, under the same
 * global name.
 */
const libraries = {
  cdktf: { load: async () => import("./cdktf-generator.js"), kept: /^/ },
  cdktn: { load: async () => import("./cdktn-generator.js"), kept: /^(ephemeral-.*|provider-functions)$/ },
} as const;

/** Text of each bindings file by its name, without a folder. */
export type BindingsFiles = ReadonlyMap<string, string>;

/** The generators find a source of two parts under this host only; the host itself does not reach the bindings. */
const generatorHost = "registry.terraform.io";

/** Makes low-level bindings for a provider: one module per resource and data source, say, and an index of them. */
export async function makeProviderBindings(request: BindingsRequest): Promise<BindingsFiles> {
  const { library, provider, source, version } = request;
  const { load, kept } = libraries[library];
  const makers = await load();
  const schema = renderProviderSchemaJson(provider, `${generatorHost}/${source}`);
  const constraint = new makers.TerraformProviderConstraint({
    name: provider.name,
    source,
    version: versionConstraint(version),
  });
  const outputFolder = await mkdtemp(path.join(tmpdir(), "bindings-"));
  try {
    const generator = new makers.TerraformProviderGenerator(new makers.CodeMaker(), schema);
    generator.generate(new makers.ConstructsMakerProviderTarget(constraint, "typescript"));
    await generator.save(outputFolder);
    return await readModules(path.join(outputFolder, "providers", provider.name), kept);
  } finally {
    await rm(outputFolder, { recursive: true });
  }
}

/**
 * The versions of the provider that bindings of this version work with: later fixes of the same release. A
 * pre-release stands for itself alone, since constraints never reach one otherwise.
 */
function versionConstraint(version: string): string {
  return version.includes("-") ? version : `~> ${version}`;
}

/** The generators write a folder with an `index.ts` for each module; here each is one file. */
async function readModules(folder: string, kept: RegExp): Promise<BindingsFiles> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory() && kept.test(entry.name)).map((entry) => entry.name);
  const modules = await Promise.all(
    names.sort().map(async (name) => {
      const text = await readFile(path.join(folder, name, "index.ts"), "utf8");
      return [`${name}.ts`, finish(text)] as const;
    }),
  );
  const index = await readFile(path.join(folder, "index.ts"), "utf8");
  const exported = index.replace(/^export .* from '\.\/([\w-]+)(?:\/index)?';\n/gm, (line, name: string) =>
    kept.test(name) ? line.replace("/index'", "'") : "",
  );
  return new Map([...modules, ["index.ts", finish(exported)]]);
}

const header = `// Written by "npm run generate:bindings" from the provider's schema. Do not edit.
// @ts-nocheck: CDKTF's generator does not write for the compiler flags that hold here.
`;

/**
 * Makes a generated module fit here: ESM's import extensions, optional properties that may be undefined, and no links
 * to a registry page that does not exist.
 */
function finish(text: string): string {
  return (
    header +
    text
      .replace(/^\/\/ (https:|generated ).*\n/gm, "")
      .replace(/ from '\.\/([\w-]+)';/g, ` from "./$1.ts";`)
      .replace(/\{@link https:\S+ ([^}]+)\}/g, "`$1`")
      .replace(/^ *\*\n( *\* Docs at Terraform Registry: .*\n)/gm, "")
      .replace(/^( +readonly \w+\?: )(.+);$/gm, "$1$2 | undefined;")
      .trimStart()
  );
}
