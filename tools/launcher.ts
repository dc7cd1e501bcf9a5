import { readFile } from "node:fs/promises";
import path from "node:path";

const source = path.resolve(import.meta.dirname, "../src/bin/terraform-provider-qumulo.sh");

/**
 * What the provider's program begins with: a shell carries it out, and goes on with Node.js, to which each line is a string and a
 * comment.
 */
export async function readLauncher(): Promise<string> {
  const [start = "", ...lines] = (await readFile(source, "utf8")).split("\n");
  const commands = lines.filter((line) => line !== "" && !line.startsWith("#"));
  return [start, ...commands.map((command) => `":" //; ${command}`)].join("\n");
}
