import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import * as cdktf from "cdktf";
import ts from "typescript";
import { type EntryPoint, readEntryPoints } from "../../tools/api/entry-points.ts";
import { findPages, readCode } from "../support/pages/pages.ts";

const root = path.resolve(__dirname, "../..");

/**
 * What examples may mention without making it, beside `this`, which is a stack. An example that declares a name means
 * its own.
 */
const placeholders = `
declare const app: import("cdktf").App;
declare const account: import("cdktf-qumulo").ServiceAccount;
declare const nightly: import("cdktf-qumulo").ServiceAccount;
declare const weekly: import("cdktf-qumulo").ServiceAccount;
declare const role: import("cdktf-qumulo").Role;
declare const token: import("cdktf-qumulo").AccessToken;
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
  /** What the entry point has beside what its page describes, as other pages do. */
  readonly others?: string;
}

interface Example {
  readonly code: string;
  /** A module that a compiler understands. */
  readonly module: string;
}

async function readPage({ name, specifier }: EntryPoint): Promise<Page> {
  const read = async (page: string) => readFile(path.join(root, "docs", "api", `${page}.md`), "utf8");
  return { specifier, text: await read(name), others: name === "cdktn" ? await read("constructs") : "" };
}

/** The examples of a page. One with imports of its own is a program already; any other happens inside a stack. */
function examplesOf({ specifier, text, others: beside = "" }: Page): readonly Example[] {
  const exported = new Set([...(text + beside).matchAll(/^### (\w+)/gm)].map(([, name = ""]) => name));
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => {
    if (/^import /m.test(code)) return { code, module: code };
    const own = [...exported].filter((name) => mentions(code, name));
    const others = Object.keys(cdktf).filter((name) => !exported.has(name) && mentions(code, name));
    const imports = `import { ${own.join(", ")} } from "${specifier}";\nimport { ${others.join(", ")} } from "cdktf";`;
    const body = `export async function example(this: import("cdktf").TerraformStack) {\n${code}\n}`;
    return { code, module: `${imports}\n${placeholders}\n${body}` };
  });
}

function mentions(code: string, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(code);
}

/** What the compiler has to say of each example. */
function findFaults(examples: readonly Example[], entryPoints: readonly EntryPoint[]): readonly string[] {
  const files = new Map(examples.map((example, index) => [path.join(root, `example-${index}.ts`), example]));
  const paths = Object.fromEntries(entryPoints.map(({ specifier, source }) => [specifier, [path.join(root, source)]]));
  const options = { ...compilerOptions, paths };
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([...files.keys()], options, {
    ...host,
    fileExists: (file) => files.has(file) || ts.sys.fileExists(file),
    readFile: (file) => files.get(file)?.module ?? ts.sys.readFile(file),
    getSourceFile: (file, version) => {
      const example = files.get(file);
      return example === undefined
        ? host.getSourceFile(file, version)
        : ts.createSourceFile(file, example.module, version);
    },
  });
  return [...files].flatMap(([file, { code }]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => `${ts.flattenDiagnosticMessageText(messageText, "\n")}\n${code}`),
  );
}

test("every example in a docstring of something public compiles as a reader would use it", async () => {
  const entryPoints = await readEntryPoints(root);

  const examples = (await Promise.all(entryPoints.map(readPage))).flatMap(examplesOf);

  expect(findFaults(examples, entryPoints)).toEqual([]);
  expect(examples.length).toBeGreaterThan(3);
});

test("every program in a page compiles as a reader would use it", async () => {
  const pages = (await findPages()).filter((page) => /^(?:README\.md|docs\/(?!api\/))/.test(page));
  const blocks = await Promise.all(pages.map(async (page) => readCode(page, "ts")));

  const programs = blocks.flat().filter((code) => /^import /m.test(code));

  const modules = programs.map((code) => ({ code, module: code }));
  expect(findFaults(modules, await readEntryPoints(root))).toEqual([]);
  expect(programs.length).toBeGreaterThan(3);
});

test("an example with a prop or a name that does not exist does not compile", async () => {
  const entryPoints = await readEntryPoints(root);
  const code = 'new Role(this, "reader", { names: "reader" });\nrole.grantTo(nobody);\n';
  const page = { specifier: "cdktf-qumulo", text: `### Role\n\n\`\`\`ts\n${code}\`\`\`\n` };

  const faults = findFaults(examplesOf(page), entryPoints);

  expect(faults).toEqual([
    expect.stringContaining("'names' does not exist in type 'RoleProps'"),
    expect.stringContaining("Cannot find name 'nobody'"),
  ]);
});
