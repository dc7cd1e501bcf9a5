/**
 * Writes CDKTF's low-level bindings, `constructs/generated/`, from the provider's own schema. Needs no engine.
 *
 * With `--check` it writes nothing and fails when the files there are not what it would write.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { qumuloProvider } from "../src/provider/provider.ts";
import { writeOrCheck } from "./generated-files.ts";
import { makeProviderBindings, type BindingsFiles } from "./provider-bindings.ts";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

async function generateBindings(): Promise<BindingsFiles> {
  const manifest: unknown = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  return await makeProviderBindings({
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

async function main(): Promise<void> {
  const place = "constructs/generated";
  await writeOrCheck(
    { folder: path.join(root, place), owned: ["."], files: await generateBindings() },
    { place, origin: "the provider's schema says", script: "generate:bindings" },
  );
}

void main();
