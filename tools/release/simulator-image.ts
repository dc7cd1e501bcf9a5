import { readFile } from "node:fs/promises";
import { gzipSync } from "fflate";
import { sha256 } from "./checksums.ts";
import { addOnsOf, imagePlaces, imageUser, programFiles, runtimeFiles } from "./image-files.ts";
import { type Descriptor, OciLayout, tagOf } from "./oci-layout.ts";
import { nodeArchitectures, type Platform } from "./platforms.ts";
import type { ProviderSource } from "./provider-archives.ts";
import { makeTar, type TarEntry } from "./tar.ts";

/** What the image is called where it is loaded from a file. A publisher gives it a name in a registry of their own. */
const localName = "localhost/cdktf-qumulo-simulator";

/** The ports of the simulated cluster, and of the control API where it is asked for. */
const ports = { cluster: 8_000, control: 8_001 };

const second = 1_000_000_000;

/** Whether the image for a platform can be made here: its libraries are those of the machine that makes it. */
export function canMakeImage({ os, arch }: Platform): boolean {
  return os === process.platform && nodeArchitectures[arch] === process.arch && os === "linux";
}

/**
 * Writes an OCI image layout with the simulator for one platform: Node, the libraries that it needs, and the built command line.
 * Nothing else is in the image, not even a shell.
 */
export async function writeSimulatorImage(
  { root, version }: ProviderSource,
  platform: Platform,
  folder: string,
): Promise<void> {
  const layout = new OciLayout(folder);
  await layout.open();
  const runtime = await runtimeFiles(platform, await addOnsOf(root, platform));
  const layers = [
    await addLayer(layout, runtime, `Node, and libraries of ${await systemName()}`),
    await addLayer(layout, await programFiles(root, platform), `cdktf-qumulo ${version}`),
  ];
  const config = await layout.add(
    "application/vnd.oci.image.config.v1+json",
    Buffer.from(JSON.stringify(configOf(version, platform, layers))),
  );
  const manifest = await layout.addManifest({ config, layers: layers.map(({ descriptor }) => descriptor) });
  await layout.close(
    { ...manifest, ...{ platform: { architecture: platform.arch, os: platform.os } } },
    {
      "io.containerd.image.name": `${localName}:${tagOf(version)}`,
      "org.opencontainers.image.ref.name": tagOf(version),
    },
  );
}

interface Layer {
  readonly descriptor: Descriptor;
  /** The digest of what it unpacks to. */
  readonly diffId: string;
  readonly comment: string;
}

async function addLayer(layout: OciLayout, files: readonly TarEntry[], comment: string): Promise<Layer> {
  const tar = makeTar(files);
  // In JavaScript, as archives of the provider are: Node's own gives other bytes with another version.
  const packed = gzipSync(tar, { level: 4, mtime: 0 });
  const descriptor = await layout.add("application/vnd.oci.image.layer.v1.tar+gzip", packed);
  return { descriptor, diffId: `sha256:${sha256(tar)}`, comment };
}

/** @see https://github.com/opencontainers/image-spec/blob/v1.1.0/config.md */
function configOf(version: string, { os, arch }: Platform, layers: readonly Layer[]): object {
  const program = [`/${imagePlaces.node}`, `/${imagePlaces.program}`, "simulate"];
  return {
    os,
    architecture: arch,
    config: {
      User: `${imageUser}:${imageUser}`,
      WorkingDir: `/${imagePlaces.data}`,
      Env: ["PATH=/usr/local/bin", `HOME=/${imagePlaces.data}`],
      // Flags that follow are added, and win. A container's own address is all that others reach.
      Entrypoint: [...program, "--host", "0.0.0.0", "--port", ports.cluster.toString()],
      ExposedPorts: Object.fromEntries(Object.values(ports).map((port) => [`${port}/tcp`, {}])),
      StopSignal: "SIGTERM",
      Labels: {
        "org.opencontainers.image.title": "cdktf-qumulo-simulator",
        "org.opencontainers.image.description": "A simulated Qumulo Core cluster, for tests",
        "org.opencontainers.image.version": version,
        "org.opencontainers.image.licenses": "Apache-2.0",
      },
      // Not of OCI's specification; Docker and those who follow it read it.
      Healthcheck: {
        Test: ["CMD", ...program, "--ping", "--port", ports.cluster.toString()],
        Interval: 5 * second,
        Timeout: 6 * second,
        StartPeriod: 10 * second,
        Retries: 3,
      },
    },
    rootfs: { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) },
    history: layers.map(({ comment }) => ({ created_by: "cdktf-qumulo, npm run release", comment })),
  };
}

/** What the machine that makes the image calls itself, such as "Debian GNU/Linux 12 (bookworm)". */
async function systemName(): Promise<string> {
  const text = await readFile("/etc/os-release", "utf8").catch(() => "");
  return /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(text)?.[1] ?? "this machine";
}
