/**
 * Writes the TypeScript stubs of the protocol's messages next to their `.proto` files. Needs no network.
 *
 * With `--check` it writes nothing and fails when the stubs are stale.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const protocol = join("src", "plugin", "protocol6");
const committed = join(protocol, "generated");

/** Enums become constants and types, since our TypeScript is JavaScript plus types and nothing else. */
function withoutEnums(source: string): string {
  return source.replaceAll(/^export enum (\w+) \{$([\s\S]*?)^\}$/gm, (_match, name: string, members: string) => {
    const properties = members.replaceAll(/^(\s+\w+) = (\d+),$/gm, "$1: $2,");
    return `export const ${name} = {${properties}} as const;\n\nexport type ${name} = (typeof ${name})[keyof typeof ${name}];`;
  });
}

function generateInto(folder: string): void {
  const plugin = { local: "protoc-gen-es", out: folder, opt: ["target=ts", "import_extension=ts"] };
  const template = { version: "v2", plugins: [{ ...plugin, include_imports: false }] };
  execFileSync("buf", ["generate", protocol, "--template", JSON.stringify(template)], { stdio: "inherit" });
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    writeFileSync(path, withoutEnums(readFileSync(path, "utf8")));
  }
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .map((file) => `${file}\n${readFileSync(join(folder, file), "utf8")}`);
}

function check(): void {
  const fresh = mkdtempSync(join(tmpdir(), "cdktf-qumulo-stubs-"));
  try {
    generateInto(fresh);
    if (JSON.stringify(filesOf(fresh)) === JSON.stringify(filesOf(committed))) return;
    process.stderr.write(`${committed} is stale. Run "npm run generate:stubs" and commit what it writes.\n`);
    process.exitCode = 1;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

if (process.argv.includes("--check")) {
  check();
} else {
  rmSync(committed, { recursive: true, force: true });
  generateInto(committed);
}
