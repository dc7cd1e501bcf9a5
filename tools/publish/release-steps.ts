import { execFile } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { digestFolder, renderChecksums, sha256 } from "../release/checksums.ts";
import { isPackaged } from "../release/npm-package.ts";
import { judged, type Publishing, type Step } from "./step.ts";

const run = promisify(execFile);
/** The Terraform registry shows no larger page. */
const largestPageBytes = 500_000;

/** Whether the npm package holds what it may, in this version. */
export const npmPackageStep: Step = {
  title: "The npm package",
  run: async ({ release, version }) => {
    const tarball = path.join(release, "npm", `cdktf-qumulo-${version}.tgz`);
    if (!(await isThere(tarball))) return judged([`${tarball} is missing.`], []);
    const { stdout } = await run("tar", ["--list", "--gzip", "--file", tarball], { maxBuffer: 16 * 1024 * 1024 });
    const files = stdout.split("\n").flatMap((name) => (name === "" ? [] : [name.replace(/^package\//, "")]));
    const strange = files.filter((name) => !isPackaged(name));
    return judged(
      strange.map((name) => `The package holds what nobody needs: ${name}`),
      [`${path.basename(tarball)}: ${files.length} files, and only such as belong into it.`],
    );
  },
};

/**
 * Whether `registry/` is what the registries of Terraform and OpenTofu take from a release.
 *
 * @see https://developer.hashicorp.com/terraform/registry/providers/publishing
 */
export const registryStep: Step = {
  title: "The layout that registries of providers ask for",
  run: async (publishing) => {
    const folder = path.join(publishing.release, "registry");
    const name = `terraform-provider-qumulo_${publishing.version}`;
    const archives = publishing.platforms.map((platform) => `${name}_${platform}.zip`);
    const faults = [
      ...(await fileFaults(folder, [...archives, `${name}_manifest.json`, `${name}_SHA256SUMS`])),
      ...(await sumFaults(folder, `${name}_SHA256SUMS`, [...archives, `${name}_manifest.json`])),
      ...(await archiveFaults(folder, archives, publishing)),
      ...(await pageFaults(path.join(folder, "docs"))),
    ];
    return judged(faults, [`${archives.length} archives, manifest (protocol 6.0), checksums of both, and the pages.`]);
  },
};

async function fileFaults(folder: string, wanted: readonly string[]): Promise<readonly string[]> {
  const present = (await readdir(folder).catch(() => [])).filter((name) => name !== "docs");
  return [
    ...wanted.filter((name) => !present.includes(name)).map((name) => `registry/${name} is missing.`),
    // Signatures are made after the dry run.
    ...present
      .filter((name) => !wanted.includes(name) && !name.endsWith(".sig"))
      .map((name) => `registry/${name} belongs to no registry.`),
  ];
}

async function sumFaults(folder: string, sums: string, summed: readonly string[]): Promise<readonly string[]> {
  const text = await readFile(path.join(folder, sums), "utf8").catch(() => "");
  const digests = new Map<string, string>();
  for (const name of summed) {
    const content = await readFile(path.join(folder, name)).catch(() => undefined);
    if (content !== undefined) digests.set(name, sha256(content));
  }
  return text === renderChecksums(digests) ? [] : [`registry/${sums} does not have the checksums of these files.`];
}

async function archiveFaults(
  folder: string,
  archives: readonly string[],
  { version }: Publishing,
): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const name of archives) {
    const content = await readFile(path.join(folder, name)).catch(() => undefined);
    if (content === undefined) continue;
    const executable = `terraform-provider-qumulo_v${version}${name.includes("_windows_") ? ".exe" : ""}`;
    const names: string[] = [];
    // Names alone: nothing is unpacked.
    const note = ({ name: inside }: { readonly name: string }): boolean => {
      names.push(inside);
      return false;
    };
    unzipSync(content, { filter: note });
    if (!names.includes(executable)) faults.push(`registry/${name} has no ${executable} in it.`);
    if (!names.includes("LICENSE")) faults.push(`registry/${name} has no LICENSE in it.`);
  }
  return faults;
}

async function pageFaults(docs: string): Promise<readonly string[]> {
  const pages = await readdir(docs, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = pages.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const sizes = await Promise.all(files.map(async (file) => ({ file, sizeBytes: (await stat(file)).size })));
  return [
    ...(files.includes(path.join(docs, "index.md")) ? [] : ["registry/docs/index.md is missing."]),
    ...sizes
      .filter(({ sizeBytes }) => sizeBytes > largestPageBytes)
      .map(
        ({ file }) => `${file} has more than ${largestPageBytes} bytes, and the Terraform registry would not show it.`,
      ),
  ];
}

/** Whether `SHA256SUMS` has every file of the release, the bill of materials among them. */
export const checksumStep: Step = {
  title: "Checksums of all files, and the bill of materials",
  run: async ({ release, version }) => {
    const digests = await digestFolder(release);
    const bill = `cdktf-qumulo-${version}.cdx.json`;
    const own = [...digests].filter(([name]) => name !== "SHA256SUMS" && !/\.(asc|sig)$/.test(name));
    const sums = await readFile(path.join(release, "SHA256SUMS"), "utf8").catch(() => "");
    const faults = [
      ...(digests.has(bill) ? [] : [`${bill} is missing.`]),
      ...(sums === renderChecksums(new Map(own)) ? [] : ["SHA256SUMS does not have the checksums of these files."]),
    ];
    return judged(faults, [`SHA256SUMS has ${own.length} files, ${bill} among them.`]);
  },
};

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
