import { readFile } from "node:fs/promises";
import path from "node:path";
import { lateFiles } from "../../src/vocabulary/provider-files.ts";
import { type ArchivedFile, makeArchive } from "./archive.ts";
import { executableEnding, hasScriptForm, isSelfContained, type Platform, platformName } from "./platforms.ts";
import { makeSelfContained } from "./self-contained.ts";

/** What provider archives are made from. */
export interface ProviderSource {
  readonly root: string;
  readonly version: string;
}

/** An archive with the provider for one platform. */
export interface ProviderArchive {
  readonly platform: Platform;
  /** As registries and mirrors want it. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** Makes the archives that registries offer: the self-contained form where there is one, otherwise the script form. */
export async function makeRegistryArchives(
  source: ProviderSource,
  platforms: readonly Platform[],
): Promise<readonly ProviderArchive[]> {
  const archives: ProviderArchive[] = [];
  for (const platform of platforms) {
    archives.push(await (isSelfContained(platform) ? selfContained(source, platform) : scriptForm(source, platform)));
  }
  return archives;
}

/** Makes the archives for machines with Node: the same file for every platform that starts scripts. */
export async function makeScriptArchives(
  source: ProviderSource,
  platforms: readonly Platform[],
): Promise<readonly ProviderArchive[]> {
  return Promise.all(platforms.filter(hasScriptForm).map(async (platform) => scriptForm(source, platform)));
}

async function selfContained(source: ProviderSource, platform: Platform): Promise<ProviderArchive> {
  const { content, nodeLicense } = await makeSelfContained(await programInOneFile(source), platform);
  return archive(source, platform, [
    { name: `${executableName(source)}${executableEnding(platform)}`, content, executable: true },
    { name: "LICENSE.node", content: nodeLicense },
  ]);
}

async function scriptForm(source: ProviderSource, platform: Platform): Promise<ProviderArchive> {
  return archive(source, platform, [
    { name: executableName(source), content: await readFile(builtProvider(source)), executable: true },
    ...(await Promise.all(lateFiles.map(async (name) => ({ name, content: await readFile(built(source, name)) })))),
    // Without it Node would take the file for an ES module wherever a folder above says so of its own files.
    { name: "package.json", content: Buffer.from('{ "type": "commonjs" }\n') },
  ]);
}

async function archive(
  { root, version }: ProviderSource,
  platform: Platform,
  files: readonly ArchivedFile[],
): Promise<ProviderArchive> {
  const texts = ["LICENSE", "README.md", "dist/THIRD_PARTY_NOTICES.txt"].map(async (file) => ({
    name: path.basename(file),
    content: await readFile(path.join(root, file)),
  }));
  return {
    platform,
    name: `terraform-provider-qumulo_${version}_${platformName(platform)}.zip`,
    content: makeArchive([...files, ...(await Promise.all(texts))]),
  };
}

/** All files of the provider as one, for executables that find nothing beside them. */
async function programInOneFile(source: ProviderSource): Promise<string> {
  const program = insideOf(await readFile(builtProvider(source), "utf8"));
  const texts = await Promise.all(lateFiles.map(async (name) => insideOf(await readFile(built(source, name), "utf8"))));
  const unasked = lateFiles.filter((name) => ![program, ...texts].some((text) => text.includes(loading(name))));
  if (unasked.length > 0) throw new Error(`Nothing in the provider loads ${unasked.join(", ")}.`);
  const late = lateFiles.map((name, index) => `  "./${name}": (module, exports) => {\n${texts[index] ?? ""}\n  },\n`);
  return `${program}
const loaded = {};
function loadLate(name) {
  if (loaded[name] === undefined) {
    loaded[name] = { exports: {} };
    lateFiles[name](loaded[name], loaded[name].exports);
  }
  return loaded[name].exports;
}
const lateFiles = {
${late.join("")}};
`;
}

/** A file that loads others out of the same file. */
function insideOf(text: string): string {
  return lateFiles.reduce((inside, name) => inside.replaceAll(`require("./${name}")`, loading(name)), text);
}

function loading(name: string): string {
  return `loadLate("./${name}")`;
}

function executableName({ version }: ProviderSource): string {
  return `terraform-provider-qumulo_v${version}`;
}

function builtProvider(source: ProviderSource): string {
  return built(source, "terraform-provider-qumulo");
}

function built({ root }: ProviderSource, file: string): string {
  return path.join(root, "dist", file);
}
