import path from "node:path";
import { format } from "prettier";
import { auditFiles } from "./audit-files.ts";
import { writeOrCheck } from "./generated-files.ts";

/** Writes the published schemas and the index of rules, or with `--check` compares them. */
async function main(): Promise<void> {
  const folder = path.resolve(import.meta.dirname, "../..");
  const files = new Map<string, string>();
  for (const [name, text] of Object.entries(auditFiles())) {
    files.set(name, await format(text, { filepath: path.join(folder, name), printWidth: 120 }));
  }
  await writeOrCheck(
    { folder, owned: [], files },
    { place: "schemas and docs/audit", origin: "src/audit says", script: "generate:audit" },
  );
}

await main();
