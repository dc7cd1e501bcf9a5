/**
 * Writes `docs/decisions/README.md`, the index of decisions, from their titles. With `--check` it writes nothing and fails
 * when the file is not what it would write.
 */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { writeOrCheck } from "./generated-files.ts";

const folder = path.resolve(import.meta.dirname, "../../docs/decisions");
const head = `# Decisions

Choices that were hard to make, each with what led to it and what follows from it. The numbers are only names.

`;

const names = (await readdir(folder)).filter((name) => /^\d{4}-.+\.md$/.test(name)).sort();
const lines = await Promise.all(names.map(lineOf));
await writeOrCheck(
  { folder, owned: [], files: new Map([["README.md", `${head}${lines.join("")}`]]) },
  { place: "docs/decisions", origin: "its pages say", script: "generate:decisions" },
);

async function lineOf(name: string): Promise<string> {
  const [title = ""] = (await readFile(path.join(folder, name), "utf8")).split("\n");
  const found = /^# (\d{4}): (.+)$/.exec(title);
  if (found?.[1] !== name.slice(0, 4)) {
    throw new Error(`The first line of docs/decisions/${name} must be "# ${name.slice(0, 4)}: " and the decision.`);
  }
  return `- [${found[1]}](${name}): ${found[2]}\n`;
}
