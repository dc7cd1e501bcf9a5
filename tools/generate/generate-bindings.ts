/**
 * Writes the low-level bindings from the provider's own schema: `constructs/generated/` by CDKTF's generator, and
 * `constructs/terrain/generated/` by CDK Terrain's. The first
 * argument says which: `cdktf` or `cdktn`. Needs no engine.
 *
 * With `--check` it writes nothing and fails when the files there are not what it would write.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { qumuloProvider } from "../../src/provider/provider.ts";
import { writeOrCheck } from "./generated-files.ts";
import { makeProviderBindings, type BindingsFiles, type BindingsRequest } from "./bindings/provider-bindings.ts";

const root = path.resolve(import.meta.dirname, "../..");

async function generateBindings(library: BindingsRequest["library"]): Promise<BindingsFiles> {
  const manifest: unknown = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  return await makeProviderBindings({
    library,
    provider: qumuloProvider,
    source: "cdktf-qumulo/qumulo",
    version: readVersion(manifest),
  });
}

function readVersion(manifest: unknown): string {
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) {
    if (typeof manifest.version === "string") return manifest.version;
  }
  throw new Error("package.json has no version");
}

/** Where the bindings of each library stand. */
const places = { cdktf: "constructs/generated", cdktn: "constructs/terrain/generated" } as const;

async function main([library]: readonly string[]): Promise<void> {
  if (library !== "cdktf" && library !== "cdktn") throw new Error(`Say cdktf or cdktn, not ${library ?? "nothing"}.`);
  const place = places[library];
  await writeOrCheck(
    { folder: path.join(root, place), owned: ["."], files: await generateBindings(library) },
    { place, origin: "the provider's schema says", script: "generate:bindings" },
  );
}

void main(process.argv.slice(2));
