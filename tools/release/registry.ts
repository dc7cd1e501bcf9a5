import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { renderChecksums, sha256 } from "./checksums.ts";
import type { ProviderArchive, ProviderSource } from "./provider-archives.ts";

/** What registries know as documentation of a provider. */
const pages = ["index.md", "resources", "data-sources", "functions", "ephemeral-resources", "list-resources", "guides"];

/** Says which protocol the provider speaks: registries take one without it for a provider of protocol 5. */
const manifest = '{"version":1,"metadata":{"protocol_versions":["6.0"]}}\n';

/**
 * Writes what a release in a registry consists of: archives, manifest, the sums of both, and the documentation.
 *
 * @see https://developer.hashicorp.com/terraform/registry/providers/publishing
 */
export async function writeRegistryRelease(
  { root, version }: ProviderSource,
  archives: readonly ProviderArchive[],
  folder: string,
): Promise<void> {
  const name = `terraform-provider-qumulo_${version}`;
  const files = new Map<string, Uint8Array>(archives.map((archive) => [archive.name, archive.content]));
  files.set(`${name}_manifest.json`, Buffer.from(manifest));
  await mkdir(folder, { recursive: true });
  for (const [file, content] of files) await writeFile(path.join(folder, file), content);
  const digests = new Map([...files].map(([file, content]) => [file, sha256(content)]));
  await writeFile(path.join(folder, `${name}_SHA256SUMS`), renderChecksums(digests));
  for (const page of pages) {
    await cp(path.join(root, "docs", page), path.join(folder, "docs", page), { recursive: true });
  }
}
