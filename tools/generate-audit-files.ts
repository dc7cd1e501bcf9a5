import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { format } from "prettier";
import { auditFiles } from "./audit-files.ts";

const root = path.resolve(import.meta.dirname, "..");

/** Writes the published schemas and the index of rules, or with `--check` compares them. */
async function main(isCheck: boolean): Promise<void> {
  for (const [name, text] of Object.entries(auditFiles())) {
    const file = path.join(root, name);
    const formatted = await format(text, { filepath: file, printWidth: 120 });
    if (isCheck) {
      if ((await readFile(file, "utf8").catch(() => "")) !== formatted) {
        process.stderr.write(`${name} is out of date: run npm run generate:audit.\n`);
        process.exitCode = 1;
      }
    } else {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, formatted);
    }
  }
}

await main(process.argv.includes("--check"));
