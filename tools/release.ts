/**
 * Makes all that a release consists of in `release/`, from what `npm run build` has built: the same input gives the same
 * bytes, wherever the clone stands.
 *
 * `--platform` (several times) makes it for these platforms only, `--output` makes it elsewhere.
 */
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { renderBillOfMaterials } from "./release/bill/bill-of-materials.ts";
import { collectMaterials } from "./release/bill/materials.ts";
import { digestFolder, renderChecksums } from "./release/checksums.ts";
import { writeFilesystemMirror } from "./release/filesystem-mirror.ts";
import { packPackage } from "./release/npm-package.ts";
import { writeOciMirror } from "./release/oci-mirror.ts";
import { parsePlatform, type Platform, platforms } from "./release/platforms.ts";
import { makeRegistryArchives, makeScriptArchives, type ProviderSource } from "./release/provider-archives.ts";
import { writeRegistryRelease } from "./release/registry.ts";
import { canMakeImage, writeSimulatorImage } from "./release/simulator-image.ts";

const root = path.resolve(import.meta.dirname, "..");

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      output: { type: "string", default: path.join(root, "release") },
      platform: { type: "string", multiple: true },
    },
  });
  const output = path.resolve(values.output);
  const fresh = `${output}-${process.pid}`;
  try {
    await makeRelease(values.platform?.map(parsePlatform) ?? platforms, fresh);
    await rm(output, { recursive: true, force: true });
    await rename(fresh, output);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  process.stdout.write(await readFile(path.join(output, "SHA256SUMS"), "utf8"));
}

async function makeRelease(chosen: readonly Platform[], folder: string): Promise<void> {
  const source = { root, version: await readVersion() };
  await mkdir(path.join(folder, "npm"), { recursive: true });
  await packPackage(root, path.join(folder, "npm"));
  await writeProvider(source, chosen, folder);
  await writeBillOfMaterials(source, chosen, folder);
  await writeFile(path.join(folder, "SHA256SUMS"), renderChecksums(await digestFolder(folder)));
}

async function writeProvider(source: ProviderSource, chosen: readonly Platform[], folder: string): Promise<void> {
  const archives = await makeRegistryArchives(source, chosen);
  await writeRegistryRelease(source, archives, path.join(folder, "registry"));
  await writeFilesystemMirror(archives, path.join(folder, "mirror"));
  await writeOciMirror(source.version, archives, path.join(folder, "oci"));
  await writeFilesystemMirror(await makeScriptArchives(source, chosen), path.join(folder, "script-mirror"));
  for (const platform of chosen.filter(canMakeImage)) {
    await writeSimulatorImage(source, platform, path.join(folder, "simulator-image"));
  }
}

/** Which packages are in which file, for programs that look for known faults. */
async function writeBillOfMaterials(
  { root: place, version }: ProviderSource,
  chosen: readonly Platform[],
  folder: string,
): Promise<void> {
  const digests = await digestFolder(folder);
  const materials = await collectMaterials({ root: place, platforms: chosen, digests });
  await writeFile(path.join(folder, `cdktf-qumulo-${version}.cdx.json`), renderBillOfMaterials(materials));
}

async function readVersion(): Promise<string> {
  // The file is ours, and of this shape.
  const manifest = JSON.parse(await readFile(path.join(root, "package.json"), "utf8")) as { readonly version: string };
  return manifest.version;
}

await main();
