/**
 * Writes the reference pages in `docs/` from the provider's schema, the examples and the notes. Needs no engine.
 *
 * With `--check` it writes nothing and fails when the pages there are not what it would write.
 */
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { qumuloProvider } from "../../src/provider/provider.ts";
import { writeOrCheck } from "./generated-files.ts";
import { pageFolders, renderReferencePages } from "../reference/pages.ts";
import { readReferenceSources } from "../reference/sources.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folder = path.join(root, "docs");

async function main(): Promise<void> {
  const pages = renderReferencePages(qumuloProvider, await readReferenceSources(root));
  const options = await resolveConfig(path.join(folder, "index.md"));
  const formatted = [...pages].map(async ([name, text]) => {
    return [name, await format(text, { ...options, parser: "markdown" })] as const;
  });
  await writeOrCheck(
    { folder, owned: pageFolders, files: new Map(await Promise.all(formatted)) },
    { place: "docs", origin: "schema, examples and notes say", script: "generate:reference" },
  );
}

void main();
