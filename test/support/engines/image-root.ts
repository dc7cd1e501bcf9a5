import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What an image says of itself. */
export interface ImageConfig {
  readonly config: {
    readonly User: string;
    readonly Env: readonly string[];
    readonly Entrypoint: readonly string[];
    readonly ExposedPorts: Readonly<Record<string, object>>;
    readonly WorkingDir: string;
    readonly Healthcheck: { readonly Test: readonly string[] };
  };
  readonly rootfs: { readonly diff_ids: readonly string[] };
}

interface Named {
  readonly digest: string;
  readonly mediaType: string;
}

/** Reads the config of the one image in an OCI image layout, and unpacks its layers; fails where a digest is not that of its object. */
export async function unpackImage(layout: string, root: string): Promise<ImageConfig> {
  const index = JSON.parse(await readFile(path.join(layout, "index.json"), "utf8")) as { readonly manifests: [Named] };
  const manifest = JSON.parse(await readObject(layout, index.manifests[0])) as { config: Named; layers: Named[] };
  const config = JSON.parse(await readObject(layout, manifest.config)) as ImageConfig;
  await mkdir(root);
  for (const [place, layer] of manifest.layers.entries()) {
    const file = await objectFile(layout, layer);
    const sum = await run("sh", ["-c", 'gzip --decompress --stdout "$0" | sha256sum', file]);
    if (`sha256:${sum.stdout.slice(0, 64)}` !== config.rootfs.diff_ids[place])
      throw new Error("A layer has another digest.");
    await run("tar", ["-xzf", file, "-C", root]);
  }
  return config;
}

async function readObject(layout: string, named: Named): Promise<string> {
  return readFile(await objectFile(layout, named), "utf8");
}

async function objectFile(layout: string, { digest }: Named): Promise<string> {
  const file = path.join(layout, "blobs", digest.replace(":", "/"));
  const found = createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
  if (digest !== `sha256:${found}`) throw new Error(`${digest} is not the digest of its object.`);
  return file;
}

/**
 * Starts a program with the unpacked image as its whole file system, as the image's user. Without root's rights, a namespace of
 * this user's stands for them; where neither is there, it fails.
 */
export function startInImage(
  root: string,
  { config }: ImageConfig,
  { command, env }: { readonly command: readonly string[]; readonly env: Readonly<Record<string, string>> },
): ChildProcess {
  const own = Object.fromEntries(
    config.Env.map((line): [string, string] => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
  const [program = "", ...args] =
    process.getuid?.() === 0
      ? ["/usr/sbin/chroot", `--userspec=${config.User}`, root]
      : ["/usr/bin/unshare", "--map-root-user", `--root=${root}`];
  return spawn(program, [...args, ...command], { stdio: ["ignore", "pipe", "inherit"], env: { ...own, ...env } });
}
