import { link, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ProviderArchive } from "./provider-archives.ts";

/** The provider's source address as each engine completes it. */
const completeSources = ["registry.opentofu.org/cdktf-qumulo/qumulo", "registry.terraform.io/cdktf-qumulo/qumulo"];

/**
 * Writes a filesystem mirror in the packed layout, for both engines.
 *
 * @see https://opentofu.org/docs/cli/config/config-file/#explicit-installation-method-configuration
 */
export async function writeFilesystemMirror(archives: readonly ProviderArchive[], folder: string): Promise<void> {
  const [first = "", ...others] = completeSources.map((source) => path.join(folder, source));
  for (const place of [first, ...others]) await mkdir(place, { recursive: true });
  for (const { name, content } of archives) {
    await writeFile(path.join(first, name), content);
    for (const other of others) await link(path.join(first, name), path.join(other, name));
  }
}
