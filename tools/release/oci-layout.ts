import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { sha256 } from "./checksums.ts";

const indexType = "application/vnd.oci.image.index.v1+json";

/** The media type of what says which objects belong together. */
export const manifestType = "application/vnd.oci.image.manifest.v1+json";

/** How one object of a layout names another. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/**
 * A folder in OCI image layout, in which every object is named by its digest, and from which `oras`, `skopeo` and others fill
 * registries.
 *
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md
 */
export class OciLayout {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the folder. */
  async open(): Promise<void> {
    await mkdir(this.#blobs, { recursive: true });
    await writeFile(path.join(this.#folder, "oci-layout"), '{"imageLayoutVersion":"1.0.0"}');
  }

  /** Keeps an object. */
  async add(mediaType: string, content: Uint8Array): Promise<Descriptor> {
    const digest = sha256(content);
    await writeFile(path.join(this.#blobs, digest), content);
    return { mediaType, digest: `sha256:${digest}`, size: content.length };
  }

  /** Keeps a manifest. */
  async addManifest(manifest: object): Promise<Descriptor> {
    return this.#addVersioned(manifestType, manifest);
  }

  /** Keeps a list of manifests. */
  async addIndex(index: object): Promise<Descriptor> {
    return this.#addVersioned(indexType, index);
  }

  /** Writes which object the layout is about, and what that is called. */
  async close(object: Descriptor, annotations: Readonly<Record<string, string>>): Promise<void> {
    const index = { schemaVersion: 2, mediaType: indexType, manifests: [{ ...object, annotations }] };
    await writeFile(path.join(this.#folder, "index.json"), JSON.stringify(index));
  }

  async #addVersioned(mediaType: string, object: object): Promise<Descriptor> {
    return this.add(mediaType, Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, ...object })));
  }

  get #blobs(): string {
    return path.join(this.#folder, "blobs", "sha256");
  }
}

/** The tag of a version: a `+` in it becomes `_`, as tags have none. */
export function tagOf(version: string): string {
  return version.replaceAll("+", "_");
}
