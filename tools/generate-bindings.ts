/**
 * Writes CDKTF's low-level bindings, `constructs/generated/`, from the provider's own schema. Needs no engine.
 *
 * With `--check` it writes nothing and fails when the files there are not what it would write.
 */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { qumuloProvider } from "../src/provider/provider.ts";
import { makeProviderBindings, type BindingsFiles } from "./provider-bindings.ts";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const outputFolder = path.join(root, "constructs", "generated");

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

/** Names of the files whose text differs from what stands in the folder, those that should not be there included. */
async function findStale(bindings: BindingsFiles): Promise<readonly string[]> {
  const present = await readdir(outputFolder).catch(() => []);
  const names = [...new Set([...bindings.keys(), ...present])].sort();
  const current = await Promise.all(names.map(async (name) => readIfThere(path.join(outputFolder, name))));
  return names.filter((name, index) => current[index] !== bindings.get(name));
}

async function readIfThere(file: string): Promise<string | undefined> {
  return await readFile(file, "utf8").catch(() => undefined);
}

async function write(bindings: BindingsFiles): Promise<void> {
  await rm(outputFolder, { recursive: true, force: true });
  await mkdir(outputFolder, { recursive: true });
  await Promise.all([...bindings].map(async ([name, text]) => writeFile(path.join(outputFolder, name), text)));
}

async function main(): Promise<void> {
  const bindings = await generateBindings();
  const stale = await findStale(bindings);
  if (!process.argv.includes("--check")) {
    await write(bindings);
    process.stdout.write(`constructs/generated: ${bindings.size} files, ${stale.length} of them changed\n`);
  } else if (stale.length > 0) {
    process.stderr.write(
      `constructs/generated is not what the provider's schema says: ${stale.join(", ")}. Run "npm run generate:bindings" and commit the result.\n`,
    );
    process.exitCode = 1;
  }
}

void main();
