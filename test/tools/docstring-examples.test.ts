import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import * as cdktf from "cdktf";
import ts from "typescript";
import { type EntryPoint, readEntryPoints } from "../../tools/api/entry-points.ts";

const root = path.resolve(__dirname, "../..");

/**
 * What examples may mention without making it, beside `this`, which is a stack. An example that declares a name means
 * its own.
 */
const placeholders = `
declare const app: import("cdktf").App;
declare const account: import("cdktf-qumulo").ServiceAccount;
declare const role: import("cdktf-qumulo").Role;
`;

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.NodeNext,
  types: ["node"],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  allowImportingTsExtensions: true,
};

interface Page {
  readonly specifier: string;
  readonly text: string;
}

async function readPage({ name, specifier }: EntryPoint): Promise<Page> {
  return { specifier, text: await readFile(path.join(root, "docs", "api", `${name}.md`), "utf8") };
}

/** A module for each example of a page: with imports of its own it is one already, else it happens inside a stack. */
function modulesOf({ specifier, text }: Page): readonly string[] {
  const exported = [...text.matchAll(/^### (\w+)/gm)].map(([, name = ""]) => name);
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => {
    if (/^import /m.test(code)) return code;
    const own = exported.filter((name) => mentions(code, name));
    const others = Object.keys(cdktf).filter((name) => !own.includes(name) && mentions(code, name));
    return `
      import { ${own.join(", ")} } from "${specifier}";
      import { ${others.join(", ")} } from "cdktf";
      ${placeholders}
      export async function example(this: import("cdktf").TerraformStack) {\n${code}\n}`;
  });
}

function mentions(code: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(code);
}

/** What the compiler has to say of each module. */
function findFaults(modules: readonly string[], entryPoints: readonly EntryPoint[]): readonly string[] {
  const paths = Object.fromEntries(entryPoints.map(({ specifier, source }) => [specifier, [path.join(root, source)]]));
  const files = new Map(modules.map((text, index) => [path.join(root, "test", "tools", `example-${index}.ts`), text]));
  const options = { ...compilerOptions, paths };
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([...files.keys()], options, {
    ...host,
    fileExists: (file) => files.has(file) || ts.sys.fileExists(file),
    readFile: (file) => files.get(file) ?? ts.sys.readFile(file),
    getSourceFile: (file, version) => {
      const text = files.get(file);
      return text === undefined ? host.getSourceFile(file, version) : ts.createSourceFile(file, text, version);
    },
  });
  return [...files].flatMap(([file, text]) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ messageText }) => {
      return `${ts.flattenDiagnosticMessageText(messageText, "\n")}\n${text}`;
    }),
  );
}

test("every example in a docstring of something public compiles as a reader would use it", async () => {
  const entryPoints = await readEntryPoints(root);

  const modules = (await Promise.all(entryPoints.map(readPage))).flatMap(modulesOf);

  expect(findFaults(modules, entryPoints)).toEqual([]);
  expect(modules.length).toBeGreaterThan(3);
});

test("an example with a prop or a name that does not exist does not compile", async () => {
  const entryPoints = await readEntryPoints(root);
  const code = 'new Role(this, "reader", { names: "reader" });\nrole.grantTo(nobody);\n';
  const page = { specifier: "cdktf-qumulo", text: `### Role\n\n\`\`\`ts\n${code}\`\`\`\n` };

  const faults = findFaults(modulesOf(page), entryPoints);

  expect(faults).toEqual([
    expect.stringContaining("'names' does not exist in type 'RoleProps'"),
    expect.stringContaining("Cannot find name 'nobody'"),
  ]);
});
