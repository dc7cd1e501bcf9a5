import { padColumns, widestOf } from "../vocabulary/text-width.ts";

/** Characters that are escaped in a source file. */
const escaped = /["\\\p{Cc}\p{Cf}\u2028\u2029]/gu;
const shortEscapes: Readonly<Record<string, string>> = {
  '"': String.raw`\"`,
  "\\": "\\\\",
  "\n": String.raw`\n`,
  "\r": String.raw`\r`,
  "\t": String.raw`\t`,
};

/** A text as a string of HCL, in which nothing is a template. */
export function hclString(text: string): string {
  return `"${hclLiteral(text).replaceAll(escaped, escapeCharacter)}"`;
}

/** A text with template markers escaped, for places where engines look for templates: JSON, and strings of HCL. */
export function hclLiteral(text: string): string {
  return text.replaceAll("${", "$$${").replaceAll("%{", "%%{");
}

/** A value of an attribute: an expression as it stands, or a list of them. */
export type HclValue = string | readonly string[];

/** An attribute of a block; without a value it is left out. */
export type HclAttribute = readonly [name: string, value: HclValue | undefined];

/** A block as the engine's formatter leaves it. */
export function hclBlock(head: string, attributes: readonly HclAttribute[]): string {
  const lines: string[] = [];
  let aligned: (readonly [string, string])[] = [];
  const flush = (): void => {
    const width = widestOf(aligned.map(([name]) => name));
    for (const [name, value] of aligned) lines.push(`  ${padColumns(name, width)} = ${value}`);
    aligned = [];
  };
  for (const [name, value] of attributes) {
    if (value === undefined) continue;
    const isLong = typeof value !== "string" && value.length > 1;
    if (!isLong) aligned.push([name, typeof value === "string" ? value : `[${value.join("")}]`]);
    // The formatter aligns lines that belong together, and ends such a group at a value of several lines.
    if (isLong) flush();
    if (isLong) lines.push([`  ${name} = [`, ...value.map((entry) => `    ${entry},`), "  ]"].join("\n"));
  }
  flush();
  return lines.length === 0 ? `${head} {}\n` : [`${head} {`, ...lines, "}", ""].join("\n");
}

function escapeCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  const long = code.length > 4 ? String.raw`\U${code.padStart(8, "0")}` : String.raw`\u${code.padStart(4, "0")}`;
  return shortEscapes[character] ?? long;
}
