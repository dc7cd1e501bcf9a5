import { runInNewContext } from "node:vm";
import { expect, test } from "@jest/globals";
import { hclBlock, hclString } from "../../src/discover/hcl-text.ts";
import { programString } from "../../src/discover/typescript-text.ts";
import { fc } from "../support/search.ts";

/** What an engine reads in a quoted string; fails where it would see a template. */
function readHcl(source: string): string {
  expect(source).toMatch(/^"[^\n\r]*"$/);
  const inner = source.slice(1, -1);
  expect(inner.replaceAll(/\\./g, "")).not.toContain('"');
  const literal = readTemplate(inner);
  return literal.replaceAll(/\\(u[0-9a-f]{4}|U[0-9a-f]{8}|.)/gs, (_, escape: string) => {
    if (/^[uU]./.test(escape)) return String.fromCodePoint(Number.parseInt(escape.slice(1), 16));
    return { n: "\n", r: "\r", t: "\t" }[escape] ?? escape;
  });
}

/** What an engine makes of a template in which nothing is to be evaluated. */
function readTemplate(source: string): string {
  return source.replaceAll(/([$%])\1\{|[$%]\{/g, (found, sign?: string) => {
    if (sign === undefined) throw new Error(`${found} begins a template.`);
    return `${sign}{`;
  });
}

const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.constantFrom("$", "%", "{", "}", "\\", '"', "'", "\n", "\t", "u", "\u0007", "\u202e", "😀", "TfToken["))
    .map((signs) => signs.join("")),
);

test("a string of HCL reads back as what was written", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(readHcl(hclString(text))).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test("a string of a program reads back as what was written, once the engine has read the JSON", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      // A string literal of our own making, as the language reads it.
      const value: unknown = runInNewContext(programString(text));
      const [, expression] = /^\$\{(".*")\}$/s.exec(String(value)) ?? [];
      expect(expression === undefined ? readTemplate(String(value)) : readHcl(expression)).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test("CDKTF sees no reference of its own in a text that looks like one", () => {
  expect(programString("a ${TfToken[TOKEN.1]} b")).not.toContain("${TfToken[");
});

test("a block is aligned as the engine's formatter does it", () => {
  const block = hclBlock('resource "a" "b"', [
    ["name", '"x"'],
    ["description", undefined],
    ["home_directory", '"/y"'],
    ["privileges", ['"A"', '"B"']],
    ["empty", []],
  ]);

  expect(block).toBe(`resource "a" "b" {
  name           = "x"
  home_directory = "/y"
  privileges = [
    "A",
    "B",
  ]
  empty = []
}
`);
});
