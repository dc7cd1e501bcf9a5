/** Writes the TypeScript stubs of the protocol's messages next to their `.proto` files. Needs no network. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const protocol = join("src", "plugin", "protocol6");
const generated = join(protocol, "generated");

const template = {
  version: "v2",
  plugins: [
    { local: "protoc-gen-es", out: generated, opt: ["target=ts", "import_extension=ts"], include_imports: false },
  ],
};

/** Enums become constants and types, since our TypeScript is JavaScript plus types and nothing else. */
function withoutEnums(source: string): string {
  return source.replaceAll(/^export enum (\w+) \{$([\s\S]*?)^\}$/gm, (_match, name: string, members: string) => {
    const properties = members.replaceAll(/^(\s+\w+) = (\d+),$/gm, "$1: $2,");
    return `export const ${name} = {${properties}} as const;\n\nexport type ${name} = (typeof ${name})[keyof typeof ${name}];`;
  });
}

rmSync(generated, { recursive: true, force: true });
execFileSync("buf", ["generate", protocol, "--template", JSON.stringify(template)], { stdio: "inherit" });
for (const file of readdirSync(generated)) {
  const path = join(generated, file);
  writeFileSync(path, withoutEnums(readFileSync(path, "utf8")));
}
