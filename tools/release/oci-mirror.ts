import { OciLayout, tagOf } from "./oci-layout.ts";
import type { ProviderArchive } from "./provider-archives.ts";

/**
 * Writes an OCI image layout with the provider. The version is its one tag.
 *
 * @see https://opentofu.org/docs/cli/oci_registries/provider-mirror/
 */
export async function writeOciMirror(
  version: string,
  archives: readonly ProviderArchive[],
  folder: string,
): Promise<void> {
  const layout = new OciLayout(folder);
  await layout.open();
  const config = await layout.add("application/vnd.oci.empty.v1+json", Buffer.from("{}"));
  const manifests: object[] = [];
  for (const { platform, name, content } of archives) {
    const zip = await layout.add("archive/zip", content);
    const artifactType = "application/vnd.opentofu.provider-target";
    const layers = [{ ...zip, annotations: { "org.opencontainers.image.title": name } }];
    const manifest = await layout.addManifest({ artifactType, config, layers });
    manifests.push({ ...manifest, artifactType, platform: { architecture: platform.arch, os: platform.os } });
  }
  const index = await layout.addIndex({ artifactType: "application/vnd.opentofu.provider", manifests });
  await layout.close(index, { "org.opencontainers.image.ref.name": tagOf(version) });
}
