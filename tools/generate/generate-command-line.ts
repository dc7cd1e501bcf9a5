/**
 * Writes `docs/command-line.md` from the help of all commands. With `--check` it writes nothing and fails when the page
 * is not what it would write.
 */
import path from "node:path";
import { format } from "prettier";
import { createProgram } from "../../src/cli/command-line.ts";
import { writeOrCheck } from "./generated-files.ts";

const folder = path.resolve(import.meta.dirname, "../../docs");
const width = "90";

/** The help of every command, that of the program itself first, by the names of the commands. */
function readHelp(): ReadonlyMap<string, string> {
  let text = "";
  const write = (part: string): void => {
    text += part;
  };
  const program = createProgram({
    env: { COLUMNS: width },
    writeOut: write,
    writeError: write,
    stop: new AbortController().signal,
    version: "0.0.0",
    providerFile: "",
  });
  const pages = [program, ...program.commands].map((command) => {
    text = "";
    command.outputHelp();
    return [command.name(), text.trimEnd()] as const;
  });
  return new Map(pages);
}

function renderPage(pages: ReadonlyMap<string, string>): string {
  const sections = [...pages].map(([name, help]) => `## ${name}\n\n\`\`\`text\n${help}\n\`\`\`\n`);
  return [
    '<!-- Written by "npm run generate:command-line" from the help of the commands. Do not edit. -->',
    "# Command line",
    "The npm package brings one program. This page shows the help of each command, as `--help` prints it.",
    "Exit statuses mean the same everywhere: 0 for what worked, 1 for what did not, 2 for a command line that is invalid. No secret of a cluster is ever an argument, since others on the same machine can see those.",
    ...sections,
  ].join("\n\n");
}

async function main(): Promise<void> {
  const text = await format(renderPage(readHelp()), { parser: "markdown", printWidth: 120 });
  await writeOrCheck(
    { folder, owned: [], files: new Map([["command-line.md", text]]) },
    { place: "docs", origin: "the help of the commands says", script: "generate:command-line" },
  );
}

await main();
