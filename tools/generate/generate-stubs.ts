/**
 * Writes the TypeScript for the protocol's messages: how the provider reads and writes them next to their `.proto` files, and
 * for tests, which play the engine, the stubs of a library of other people. Needs no network.
 *
 * With `--check` it writes nothing and fails when one of them is stale.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { messageCode } from "../stubs/message-code.ts";

const protocol = join("src", "plugin", "protocol6");

/** What is generated, and where it is committed. */
const outputs = [
  { committed: join(protocol, "generated"), generateInto: generateMessages },
  { committed: join("test", "support", "protocol6", "generated"), generateInto: generateTestStubs },
];

function generateMessages(folder: string): void {
  const image = execFileSync("buf", ["build", protocol, "-o", "-"], { maxBuffer: 2 ** 26 });
  // An image of buf's is a set of descriptors.
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
  for (const file of registry.files) {
    if (!file.name.includes("/")) writeFileSync(join(folder, `${file.name}.ts`), messageCode(file));
  }
}

function generateTestStubs(folder: string): void {
  const plugin = { local: "protoc-gen-es", out: folder, opt: ["target=ts", "import_extension=ts"] };
  const template = { version: "v2", plugins: [{ ...plugin, include_imports: false }] };
  execFileSync("buf", ["generate", protocol, "--template", JSON.stringify(template)], { stdio: "inherit" });
  for (const file of readdirSync(folder)) {
    const path = join(folder, file);
    writeFileSync(path, withoutEnums(readFileSync(path, "utf8")));
  }
}

/** Enums become constants and types, since our TypeScript is JavaScript plus types and nothing else. */
function withoutEnums(source: string): string {
  return source.replaceAll(/^export enum (\w+) \{$([\s\S]*?)^\}$/gm, (_match, name: string, members: string) => {
    const properties = members.replaceAll(/^(\s+\w+) = (\d+),$/gm, "$1: $2,");
    return `export const ${name} = {${properties}} as const;\n\nexport type ${name} = (typeof ${name})[keyof typeof ${name}];`;
  });
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .map((file) => `${file}\n${readFileSync(join(folder, file), "utf8")}`);
}

function check(): void {
  for (const { committed, generateInto } of outputs) {
    const fresh = mkdtempSync(join(tmpdir(), "cdktf-qumulo-stubs-"));
    try {
      generateInto(fresh);
      if (JSON.stringify(filesOf(fresh)) === JSON.stringify(filesOf(committed))) continue;
      process.stderr.write(`${committed} is stale. Run "npm run generate:stubs" and commit what it writes.\n`);
      process.exitCode = 1;
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  }
}

if (process.argv.includes("--check")) {
  check();
} else {
  for (const { committed, generateInto } of outputs) {
    rmSync(committed, { recursive: true, force: true });
    mkdirSync(committed, { recursive: true });
    generateInto(committed);
  }
}
