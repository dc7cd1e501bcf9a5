import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { sha256 } from "./checksums.ts";
import type { ProviderArchive } from "./provider-archives.ts";

const indexType = "application/vnd.oci.image.index.v1+json";
const manifestType = "application/vnd.oci.image.manifest.v1+json";

/** How one object of a layout names another. */
interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/**
 * Writes an OCI image layout with the provider, from which `oras`, `skopeo` and others fill an OCI registry.
 *
 * The version is its one tag. A `+` in it becomes `_`, as OpenTofu expects.
 *
 * @see https://opentofu.org/docs/cli/oci_registries/provider-mirror/
 */
export async function writeOciMirror(
  version: string,
  archives: readonly ProviderArchive[],
  folder: string,
): Promise<void> {
  const layout = new Layout(path.join(folder, "blobs", "sha256"));
  await layout.open();
  const config = await layout.add("application/vnd.oci.empty.v1+json", Buffer.from("{}"));
  const manifests: object[] = [];
  for (const { platform, name, content } of archives) {
    const zip = await layout.add("archive/zip", content);
    const artifactType = "application/vnd.opentofu.provider-target";
    const layers = [{ ...zip, annotations: { "org.opencontainers.image.title": name } }];
    const manifest = await layout.addJson(manifestType, { artifactType, config, layers });
    manifests.push({ ...manifest, artifactType, platform: { architecture: platform.arch, os: platform.os } });
  }
  const index = await layout.addJson(indexType, { artifactType: "application/vnd.opentofu.provider", manifests });
  const annotations = { "org.opencontainers.image.ref.name": version.replaceAll("+", "_") };
  await writeFile(path.join(folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  await writeFile(
    path.join(folder, "index.json"),
    JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests: [{ ...index, annotations }] }),
  );
}

/** The folder of a layout in which every object is named by its digest. */
class Layout {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async open(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
  }

  async add(mediaType: string, content: Uint8Array): Promise<Descriptor> {
    const digest = sha256(content);
    await writeFile(path.join(this.#folder, digest), content);
    return { mediaType, digest: `sha256:${digest}`, size: content.length };
  }

  async addJson(mediaType: string, object: object): Promise<Descriptor> {
    return this.add(mediaType, Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, ...object })));
  }
}
