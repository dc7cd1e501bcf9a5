import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as cdktf from "cdktf";
import * as constructs from "constructs";
import { expect, test } from "@jest/globals";
import ts from "typescript";
import * as qumulo from "../../constructs/index.ts";
import { type CommandRun, runCommand } from "../cli/run-command.ts";
import { fc } from "../support/search.ts";
import { canaryOf, unseenIn } from "./hostile-values.ts";
import { type HostileWorld, hostileWorld, lieOf } from "./hostile-world.ts";
import { givenLyingCluster, type LyingCluster } from "./lying-cluster.ts";

/** What a generated program is made of. Nothing among it computes, casts or calls a function of its own. */
const { SyntaxKind } = ts;
const harmless: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.SourceFile,
  SyntaxKind.EndOfFileToken,
  SyntaxKind.ImportDeclaration,
  SyntaxKind.ImportClause,
  SyntaxKind.NamedImports,
  SyntaxKind.ImportSpecifier,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.HeritageClause,
  SyntaxKind.ExpressionWithTypeArguments,
  SyntaxKind.Constructor,
  SyntaxKind.Parameter,
  SyntaxKind.TypeReference,
  SyntaxKind.StringKeyword,
  SyntaxKind.Block,
  SyntaxKind.ExpressionStatement,
  SyntaxKind.VariableStatement,
  SyntaxKind.VariableDeclarationList,
  SyntaxKind.VariableDeclaration,
  SyntaxKind.NewExpression,
  SyntaxKind.CallExpression,
  SyntaxKind.PropertyAccessExpression,
  SyntaxKind.Identifier,
  SyntaxKind.SuperKeyword,
  SyntaxKind.ThisKeyword,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.StringLiteral,
  SyntaxKind.NumericLiteral,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.PropertyAssignment,
  SyntaxKind.ArrayLiteralExpression,
]);
const called = /(^super|^app\.synth|\.(importFrom|grantTo|addMember|issueToken|builtIn|fromName|fromId))$/;
const made =
  /^(App|QumuloAccess|QumuloProvider|Role|LocalGroup|ServiceAccount|ServiceIdentity|bindings\.(roleMember\.RoleMember|accessToken\.AccessToken))$/;

/** What of a program is more than declarations of constructs with literals. */
function codeIn(source: string): readonly string[] {
  const file = ts.createSourceFile("main.ts", source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (!harmless.has(node.kind)) found.push(`${SyntaxKind[node.kind]}: ${node.getText()}`);
    if (ts.isCallExpression(node) && !called.test(withoutArguments(node.expression))) found.push(node.getText());
    if (ts.isNewExpression(node) && !made.test(node.expression.getText())) found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(file);
  const { diagnostics = [] } = ts.transpileModule(source, { reportDiagnostics: true });
  return [...found, ...diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))];
}

/** The last name of a callee, whatever was called before in a chain. */
function withoutArguments(callee: ts.Expression): string {
  return ts.isPropertyAccessExpression(callee) && ts.isCallExpression(callee.expression)
    ? `.${callee.name.text}`
    : callee.getText();
}

/** Runs a generated program with the constructs. @returns what it synthesized, or nothing when a construct refused */
function synthesize(source: string): string | undefined {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const outdir = mkdtempSync(path.join(tmpdir(), "cdktf-qumulo-hostile-"));
  class App extends cdktf.App {
    constructor() {
      super({ outdir });
    }
  }
  const modules: Readonly<Record<string, unknown>> = { cdktf: { ...cdktf, App }, constructs, "cdktf-qumulo": qumulo };
  try {
    // The program was looked through before.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    Reflect.apply(new Function("require", "exports", outputText), undefined, [(name: string) => modules[name], {}]);
    return readFileSync(path.join(outdir, "stacks/qumulo-access/cdk.tf.json"), "utf8");
  } catch (error) {
    // Constructs refuse what the provider refuses.
    if (error instanceof Error) return undefined;
    throw error;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const reference = /^(auth_id:)?\$\{(qumulo_\w+|data\.qumulo_\w+)\.[\w-]+\.(id|name|auth_id)\}$/;

/** Texts of a synthesized stack in which an engine would evaluate something that is not a reference of ours. */
function templatesIn(json: string): readonly string[] {
  const found: string[] = [];
  JSON.parse(json, (_, value: unknown) => {
    if (typeof value !== "string" || reference.test(value)) return value;
    const literal = /^\$\{"(([^"\\$%]|\\.|\$\$\{|%%\{|[$%](?!\{))*)"\}$/s.test(value);
    if (!literal && /(?<![$])(\$\$)*\$\{|(?<![%])(%%)*%\{/.test(value.replaceAll(/\$\$\{|%%\{/g, "")))
      found.push(value);
    return value;
  });
  return found;
}

const label = '"[a-z][a-z0-9_-]*"';
const text = String.raw`"(?:[^"\\\p{Cc}\p{Cf}\u2028\u2029$%]|\\["\\nrt]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|\$\$\{|%%\{|[$%](?!\{))*"`;
const address = String.raw`qumulo_[a-z_]+\.[a-z][a-z0-9_-]*\.(?:id|name)`;
const expression = `(?:${text}|"auth_id:\\$\\{${address}\\}"|${address}|false)`;
const hclLine = new RegExp(
  [
    String.raw`^(?:# [^\p{Cc}\p{Cf}\u2028\u2029]*`,
    `resource ${label} ${label} \\{`,
    `(?:import|provider "qumulo") \\{`,
    `provider "qumulo" \\{\\}`,
    `\\}`,
    ` {2}[a-z_]+ += (?:${expression}|\\[(?:${expression})?\\]|\\[)`,
    ` {4}${expression},`,
    ` {2}\\]`,
    ` {2}to = qumulo_[a-z_]+\\.[a-z][a-z0-9_-]*`,
    `)?$`,
  ].join("|"),
  "u",
);
const settings = /^terraform \{\n(.*\n)+?\}\n/m;

/** Lines of a configuration that are not blocks of ours with literals and references. */
function otherLinesIn(hcl: string): readonly string[] {
  return hcl
    .replace(settings, "")
    .split("\n")
    .filter((line) => !hclLine.test(line));
}

/** More of them search longer. */
const runs = Number(process.env["HOSTILE_RUNS"] ?? 50);

async function discover(cluster: LyingCluster, world: HostileWorld, format: string): Promise<CommandRun> {
  cluster.say(lieOf(world));
  return runCommand(["discover", "--format", format], { env: cluster.env });
}

test("a uid that is code is not a uid: nothing is written", async () => {
  const cluster = await givenLyingCluster();
  const uid = `0 + (console.error("x") ?? 0) as never`;
  const user = { id: "1001", name: "svc", sid: "", uid, primary_group: "513", home_directory: null };

  const world = { users: [user], groups: [], roles: {}, members: [], tokens: [], version: "Qumulo Core 7.8.2" };
  const { exitCode, out, error } = await discover(cluster, world, "cdktf");

  expect({ exitCode, out }).toEqual({ exitCode: 1, out: "" });
  expect(error).toContain("GET /v1/users/ was answered in a form that is not known");
});

test("of all that a lying cluster may say, a program holds nothing but literals, and running it runs nothing of it", async () => {
  const cluster = await givenLyingCluster();
  let written = 0;
  let synthesized = 0;

  await fc.assert(
    fc.asyncProperty(hostileWorld({ percent: 2 }), async (world) => {
      const { exitCode, out, error } = await discover(cluster, world, "cdktf");

      expect([0, 1, 3]).toContain(exitCode);
      expect(unseenIn(error)).toEqual([]);
      if (out === "") return;
      written += 1;
      expect(unseenIn(out)).toEqual([]);
      expect(codeIn(out)).toEqual([]);
      const json = synthesize(out);
      expect(canaryOf(globalThis)).toBe(false);
      if (json === undefined) return;
      synthesized += 1;
      expect(templatesIn(json)).toEqual([]);
    }),
    { numRuns: runs },
  );

  expect(written).toBeGreaterThan(runs / 4);
  expect(synthesized).toBeGreaterThan(0);
});

test("of all that a lying cluster may say, a configuration holds nothing but blocks of ours with literals", async () => {
  const cluster = await givenLyingCluster();
  let written = 0;

  await fc.assert(
    fc.asyncProperty(hostileWorld({ percent: 2 }), async (world) => {
      const { exitCode, out, error } = await discover(cluster, world, "hcl");

      expect([0, 1, 3]).toContain(exitCode);
      expect(unseenIn(error)).toEqual([]);
      if (out === "") return;
      written += 1;
      expect(otherLinesIn(out)).toEqual([]);
    }),
    { numRuns: 2 * runs },
  );

  expect(written).toBeGreaterThan(runs / 2);
});

test("where most of the fields are hostile, discover ends with a message", async () => {
  const cluster = await givenLyingCluster();

  await fc.assert(
    fc.asyncProperty(hostileWorld({ percent: 40 }), async (world) => {
      const { exitCode, out, error } = await discover(cluster, world, "hcl");

      expect([0, 1, 3]).toContain(exitCode);
      expect(unseenIn(error)).toEqual([]);
      expect(otherLinesIn(out)).toEqual([]);
    }),
    { numRuns: 2 * runs },
  );
});
