import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { OciLayout, tagOf } from "../../tools/release/oci-layout.ts";
import { canMakeImage } from "../../tools/release/simulator-image.ts";
import { makeTar, type TarEntry } from "../../tools/release/tar.ts";

const program: TarEntry = { name: "usr/local/bin/program", mode: 0o755, content: Buffer.from("#!/bin/sh\n") };
const data: TarEntry = { name: "data", mode: 0o700, owner: 10_001 };
const deep: TarEntry = { name: `${"folder/".repeat(20)}file`, mode: 0o644, content: Buffer.alloc(512, "x") };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "release-image-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("tar unpacks files and folders with their modes, contents and owners, also below long paths", () => {
  const archive = path.join(folder, "archive.tar");
  writeFileSync(archive, makeTar([program, data, deep]));

  const listed = execFileSync("tar", ["--list", "--verbose", "--numeric-owner", "-f", archive], { encoding: "utf8" });
  execFileSync("tar", ["-xf", archive, "-C", folder]);

  expect(listed).toMatch(/^drwx------ 10001\/10001 +0 \S+ \S+ data\/$/m);
  expect(listed).toMatch(/^drwxr-xr-x 0\/0 +0 1970-01-01 00:00 usr\/local\/$/m);
  expect(statSync(path.join(folder, program.name)).mode & 0o777).toBe(0o755);
  expect(readFileSync(path.join(folder, deep.name), "utf8")).toBe("x".repeat(512));
});

test("an archive has the same bytes whatever the order of its entries", () => {
  const archive = Buffer.from(makeTar([program, data, deep]));

  expect(archive.equals(makeTar([deep, program, data]))).toBe(true);
});

test("a name that the format has no room for is refused", () => {
  const name = "x".repeat(101);

  expect(() => makeTar([{ name, mode: 0o644, content: new Uint8Array() }])).toThrow("does not fit into a tar archive");
});

test("a layout names its objects by their digests, and its one object by tag", async () => {
  const layout = new OciLayout(folder);

  await layout.open();
  const object = await layout.add("text/plain", Buffer.from("hello"));
  await layout.close(object, { "org.opencontainers.image.ref.name": tagOf("1.0.0+7") });

  expect(object.digest).toBe("sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  expect(readFileSync(path.join(folder, "blobs", object.digest.replace(":", "/")), "utf8")).toBe("hello");
  expect(JSON.parse(readFileSync(path.join(folder, "index.json"), "utf8"))).toMatchObject({
    manifests: [{ digest: object.digest, annotations: { "org.opencontainers.image.ref.name": "1.0.0_7" } }],
  });
});

test("an image is made for the platform of this machine alone, and only on Linux", () => {
  expect(canMakeImage({ os: "darwin", arch: "arm64" })).toBe(false);
  expect(canMakeImage({ os: "linux", arch: process.arch === "x64" ? "arm64" : "amd64" })).toBe(false);
});
