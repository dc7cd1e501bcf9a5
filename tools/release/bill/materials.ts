import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { lateFiles } from "../../../src/vocabulary/provider-files.ts";
import { bundledPackagesFile, type BundledPackages } from "../../bundled-packages.ts";
import { getNodeExecutable, nodeManifestFolder, nodePackageName } from "../node-executable.ts";
import { isSelfContained, parsePlatform, type Platform } from "../platforms.ts";
import { commandLineFiles, imageLibraries, outsidePackages } from "../image-files.ts";
import { canMakeImage } from "../simulator-image.ts";
import { findSystemPackages } from "../system-packages.ts";
import { thisPlatform } from "../self-contained.ts";
import type { Materials, ProjectManifest, ReleasedFile } from "./bill-of-materials.ts";
import { Lock, type PinnedPackage } from "./packages.ts";

const run = promisify(execFile);
const archive = /^(?:registry|script-mirror)\/.*_([a-z]+_[a-z0-9]+)[.]zip$/;
const providerFiles = ["terraform-provider-qumulo", ...lateFiles];
/** What makes released files out of sources, and this bill. */
const tools = ["esbuild", "fflate", "postject", "typescript", "@cyclonedx/cyclonedx-library"];

/** What a release consists of. */
export interface Release {
  readonly root: string;
  readonly platforms: readonly Platform[];
  /** The SHA-256 of each of its files by its path in the release. */
  readonly digests: ReadonlyMap<string, string>;
}

/**
 * Collects what is in the files of a release: what the build has put into each program, with the versions and checksums of
 * the lock file, and the Node of self-contained executables.
 *
 * Of files with the same bytes the first is listed: the archives in `mirror/` and `oci/` are those of `registry/`.
 *
 * @throws {Error} when another version of a package is installed than the lock file pins
 */
export async function collectMaterials({ root, platforms, digests }: Release): Promise<Materials> {
  const lock = await Lock.read(root);
  const bundled = await readJson<BundledPackages>(path.join(root, "dist", bundledPackagesFile));
  const inPackage = [...new Set(Object.values(bundled).flat())].sort();
  const inProvider = [...new Set(providerFiles.flatMap((file) => bundled[file] ?? []))].sort();
  for (const place of inPackage) await requireInstalled(root, lock.get(place));
  const inCommandLine = commandLineFiles.flatMap((file) => bundled[file] ?? []);
  const image = await readImage({ root, platforms, digests }, inCommandLine);
  for (const place of image.flatMap(({ bundles }) => bundles)) await requireInstalled(root, lock.get(place));
  const nodes = await readNodes(platforms.filter(isSelfContained));
  return {
    manifest: await readJson<ProjectManifest>(path.join(root, "package.json")),
    files: [
      ...withoutCopies(digests).map(([name, sha256]) =>
        name.startsWith("npm/")
          ? { path: name, sha256, bundles: inPackage, installs: lock.direct() }
          : { path: name, sha256, bundles: inProvider, ...nodeIn(name) },
      ),
      ...image,
    ],
    packages: new Map([
      ...[...inPackage, ...image.flatMap(({ bundles }) => bundles)].map((place) => [place, lock.get(place)] as const),
      ...lock.closure(lock.direct()),
    ]),
    nodes,
    nodeParts: nodes.size === 0 ? {} : await readNodeParts(),
    tools: tools.map((name) => lock.get(`node_modules/${name}`)),
    ...sourceDateEpoch(process.env["SOURCE_DATE_EPOCH"]),
  };
}

/** The image of the simulator, where there is one: it is named by the index of its layout, and so by all that is in it. */
async function readImage(
  { root, platforms, digests }: Release,
  bundled: readonly string[],
): Promise<readonly ReleasedFile[]> {
  const index = "simulator-image/index.json";
  const sha256 = digests.get(index);
  const platform = platforms.find(canMakeImage);
  if (sha256 === undefined || platform === undefined) return [];
  const outside = await outsidePackages(root, platform);
  const system = await findSystemPackages(await imageLibraries(root, platform));
  return [{ path: index, sha256, bundles: [...bundled, ...outside].sort(), node: nodePlace(platform), system }];
}

function withoutCopies(digests: Release["digests"]): readonly (readonly [string, string])[] {
  const listed = [...digests].filter(([name]) => name.startsWith("npm/") || archive.test(name)).sort();
  return listed.filter(([, digest], index) => listed.findIndex(([, other]) => other === digest) === index);
}

/** The Node that an archive of the registry's form was made of. */
function nodeIn(name: string): Pick<ReleasedFile, "node"> {
  const platform = parsePlatform(archive.exec(name)?.[1] ?? "");
  return name.startsWith("registry/") && isSelfContained(platform) ? { node: nodePlace(platform) } : {};
}

function nodePlace(platform: Platform): string {
  return `node_modules/${nodePackageName(platform)}`;
}

async function readNodes(platforms: readonly Platform[]): Promise<ReadonlyMap<string, PinnedPackage>> {
  const lock = await Lock.read(nodeManifestFolder);
  return new Map(platforms.map((platform) => [nodePlace(platform), lock.get(nodePlace(platform))]));
}

/** The pinned Node tells what it is made of. One release of it is made of the same on each platform. */
async function readNodeParts(): Promise<Readonly<Record<string, string>>> {
  const { file } = await getNodeExecutable(thisPlatform());
  const { stdout } = await run(file, ["--print", "JSON.stringify(process.versions)"]);
  // Node documents this object.
  return JSON.parse(stdout) as Readonly<Record<string, string>>;
}

async function requireInstalled(root: string, { place, version }: PinnedPackage): Promise<void> {
  const installed = await readJson<{ readonly version: string }>(path.join(root, place, "package.json"));
  if (installed.version === version) return;
  throw new Error(
    `${place} is installed in version ${installed.version}, and package-lock.json pins ${version}. Run "npm ci" and build again.`,
  );
}

/** @see https://reproducible-builds.org/specs/source-date-epoch/ */
function sourceDateEpoch(seconds: string | undefined): Pick<Materials, "sourceDateEpoch"> {
  if (seconds === undefined || seconds === "") return {};
  if (!/^\d{1,12}$/.test(seconds)) {
    throw new Error(`SOURCE_DATE_EPOCH is "${seconds}", and it is to be a whole number of seconds since 1970.`);
  }
  return { sourceDateEpoch: Number(seconds) };
}

async function readJson<T>(file: string): Promise<T> {
  // The files are ours, or npm's, and of this shape.
  return JSON.parse(await readFile(file, "utf8")) as T;
}
