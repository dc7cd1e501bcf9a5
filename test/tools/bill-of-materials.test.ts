import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { type Materials, renderBillOfMaterials } from "../../tools/release/bill/bill-of-materials.ts";
import { Lock, type PinnedPackage } from "../../tools/release/bill/packages.ts";
import { renderBundledPackages } from "../../tools/bundled-packages.ts";
import { cycloneDxFaults } from "../support/release/cyclonedx-faults.ts";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

function pinned(place: string, options: Partial<PinnedPackage> = {}): PinnedPackage {
  const name = place.replace(/^.*node_modules\//, "");
  return { place, name, version: "1.2.3", license: "MIT", sha512: "a".repeat(128), needs: [], ...options };
}

const small: Materials = {
  manifest: {
    name: "program",
    version: "0.1.0",
    description: "It runs.",
    license: "Apache-2.0",
    homepage: "https://example.com/program",
    repository: { url: "git+https://publisher.invalid/program.git" },
    bugs: { url: "https://example.com/program/issues" },
  },
  files: [
    {
      path: "npm/program.tgz",
      sha256: "b".repeat(64),
      bundles: ["node_modules/inside"],
      installs: ["node_modules/@a/b"],
    },
    {
      path: "registry/program.zip",
      sha256: "c".repeat(64),
      bundles: ["node_modules/inside"],
      node: "node_modules/node",
    },
    {
      path: "image/index.json",
      sha256: "d".repeat(64),
      bundles: [],
      system: [{ name: "libstdc++6", version: "12.2.0-14+deb12u1", architecture: "amd64", distribution: "debian-12" }],
    },
  ],
  packages: new Map([
    ["node_modules/inside", pinned("node_modules/inside", { needs: ["node_modules/@a/b"] })],
    ["node_modules/@a/b", pinned("node_modules/@a/b", { license: "MIT OR Apache-2.0" })],
  ]),
  nodes: new Map([["node_modules/node", pinned("node_modules/node", { version: "24.0.0" })]]),
  nodeParts: { node: "24.0.0", modules: "137", openssl: "3.5.0", ngtcp2: "" },
  tools: [pinned("node_modules/esbuild", { license: "see the file LICENSE" })],
};

interface Bill {
  readonly metadata: { readonly timestamp?: string };
  readonly components: readonly {
    readonly name: string;
    readonly purl?: string;
    readonly components?: readonly { readonly name: string }[];
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

test("a bill of materials follows the official schema, and says what is in which file", () => {
  const rendered = renderBillOfMaterials(small);
  // The renderer's own answer.
  const bill = JSON.parse(rendered) as Bill;
  const needs = Object.fromEntries(bill.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));

  expect(cycloneDxFaults(rendered)).toBe("");
  expect(needs["program@0.1.0"]).toEqual(["image/index.json", "npm/program.tgz", "registry/program.zip"]);
  expect(needs["image/index.json"]).toEqual(["debian-12/libstdc++6@12.2.0-14+deb12u1"]);
  expect(rendered).toContain("pkg:deb/debian/libstdc%2B%2B6@12.2.0-14%2Bdeb12u1?arch=amd64&distro=debian-12");
  expect(needs["npm/program.tgz"]).toEqual(["node_modules/@a/b", "node_modules/inside"]);
  expect(needs["registry/program.zip"]).toEqual(["node_modules/inside", "node_modules/node"]);
  expect(needs["node_modules/inside"]).toEqual(["node_modules/@a/b"]);
  expect(rendered).toContain('"url": "https://example.com/program/issues"');
  expect(rendered).not.toContain("publisher.invalid");
  expect(bill.components.map(({ purl }) => purl)).toContain("pkg:npm/%40a/b@1.2.3");
  expect(bill.components.find(({ name }) => name === "node")?.components?.map(({ name }) => name)).toEqual(["openssl"]);
});

test("the validator of these tests refuses what the schema refuses", () => {
  const broken = renderBillOfMaterials(small).replace('"SHA-256"', '"SHA-255"');

  expect(cycloneDxFaults(broken)).toContain("alg");
});

test("a bill of materials has no time and no serial number of its own, and takes a time that is given", () => {
  const rendered = renderBillOfMaterials(small);
  const timed = renderBillOfMaterials({ ...small, sourceDateEpoch: 1_772_438_400 });

  expect(rendered).toBe(renderBillOfMaterials({ ...small, files: small.files.toReversed() }));
  expect(rendered).not.toMatch(/timestamp|serialNumber/);
  expect(timed).toContain('"timestamp": "2026-03-02T08:00:00.000Z"');
  expect(cycloneDxFaults(timed)).toBe("");
});

/** A lock file with these packages. */
async function givenLock(packages: object): Promise<Lock> {
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-lock-"));
  folders.push(folder);
  await writeFile(path.join(folder, "package-lock.json"), JSON.stringify({ lockfileVersion: 3, packages }));
  return Lock.read(folder);
}

const integrity = `sha512-${Buffer.from("digest").toString("base64")}`;

test("what is installed is found as Node finds it, the nearest folder first", async () => {
  const lock = await givenLock({
    "": { dependencies: { a: "1", b: "1" }, devDependencies: { c: "1" } },
    "node_modules/a": { version: "1.0.0", integrity, dependencies: { b: "2" }, optionalDependencies: { d: "1" } },
    "node_modules/a/node_modules/b": { version: "2.0.0", integrity },
    "node_modules/b": { version: "1.0.0", integrity },
    "node_modules/c": { version: "1.0.0", integrity },
    "node_modules/d": { version: "1.0.0", integrity, license: "ISC" },
  });

  expect(lock.direct()).toEqual(["node_modules/a", "node_modules/b"]);
  expect([...lock.closure(lock.direct()).keys()].sort()).toEqual([
    "node_modules/a",
    "node_modules/a/node_modules/b",
    "node_modules/b",
    "node_modules/d",
  ]);
  expect(lock.get("node_modules/d")).toMatchObject({
    name: "d",
    license: "ISC",
    sha512: Buffer.from("digest").toString("hex"),
  });
});

test("a package that the lock file does not pin is refused by its name", async () => {
  const lock = await givenLock({ "": {}, "node_modules/a": { version: "1.0.0", integrity: "sha1-short" } });

  expect(() => lock.get("node_modules/a")).toThrow("does not pin node_modules/a.");
  expect(() => lock.get("node_modules/none")).toThrow("does not pin node_modules/none.");
});

test("a build names the innermost package of each bundled file, and none for files of its own", () => {
  const inputs = ["src/a.ts", "node_modules/@x/y/index.js", "node_modules/z/node_modules/@x/y/deep/index.js"];
  const file = {
    bytes: 1,
    imports: [],
    exports: [],
    inputs: Object.fromEntries(inputs.map((name) => [name, { bytesInOutput: 1 }])),
  };

  const rendered = renderBundledPackages([{ inputs: {}, outputs: { "some/where/program.js": file } }]);

  expect(JSON.parse(rendered)).toEqual({ "program.js": ["node_modules/@x/y", "node_modules/z/node_modules/@x/y"] });
});
