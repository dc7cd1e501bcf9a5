import { hclLiteral, hclString } from "./hcl-text.ts";

/** Every statement stands in the constructor of a class. */
const indent = "    ";
const lineWidth = 80;
/** Keys up to this length keep their text beside them, however long it is. */
const shortKey = 4;
const escaped = /[\\\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
const shortEscapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": String.raw`\n`,
  "\r": String.raw`\r`,
  "\t": String.raw`\t`,
};

/** A text as a string of TypeScript that an engine takes as it is: CDKTF writes it into JSON, where `${` is a template. */
export function programString(text: string): string {
  // Of what looks like one of its own references, CDKTF itself would make something else.
  if (!text.includes("${TfToken[")) return sourceString(hclLiteral(text));
  return sourceString(`\${${hclString(text).replaceAll("$${", String.raw`\u0024{`)}}`);
}

/** A text as a string of TypeScript. */
export function sourceString(text: string): string {
  const count = (sign: string): number => text.split(sign).length - 1;
  const quote = count('"') > count("'") ? "'" : '"';
  return `${quote}${text.replaceAll(escaped, escapeCharacter).replaceAll(quote, `\\${quote}`)}${quote}`;
}

/**
 * Digits as a number of TypeScript.
 *
 * @throws {Error} for anything else, which would become code
 */
export function sourceNumber(digits: string): string {
  if (!/^(0|[1-9]\d*)$/.test(digits)) throw new Error("What is not a whole number cannot be written as one");
  return digits;
}

/** A property of an object; without a value it is left out. */
export type Property = readonly [key: string, value: PropertyValue | undefined];
/** Source text, a list of such texts, or an object. */
export type PropertyValue = string | readonly string[] | { readonly object: readonly Property[] };

/** `head({ … });` or `head(a, b, { … });`, as prettier leaves it. */
export function declaration(head: string, args: readonly string[], properties: readonly Property[]): string {
  const first = `${indent}${head}(${[...args, "{"].join(", ")}`;
  if (widthOf(first) <= lineWidth) return `${first}\n${propertyLines(`${indent}  `, properties)}${indent}});\n`;
  const lines = args.map((arg) => `${indent}  ${arg},\n`).join("");
  const object = `${indent}  {\n${propertyLines(`${indent}    `, properties)}${indent}  },\n`;
  return `${indent}${head}(\n${lines}${object}${indent});\n`;
}

/** `head(a, b);`, as prettier leaves it. */
export function call(head: string, ...args: readonly string[]): string {
  const line = `${indent}${head}(${args.join(", ")});`;
  if (widthOf(line) <= lineWidth) return `${line}\n`;
  return `${indent}${head}(\n${args.map((arg) => `${indent}  ${arg},\n`).join("")}${indent});\n`;
}

/** `subject.first(a).second(b);`, as prettier leaves it. */
export function chain(subject: string, calls: readonly (readonly [string, string])[]): string {
  const line = `${indent}${subject}${calls.map(([name, arg]) => `.${name}(${arg})`).join("")};`;
  if (widthOf(line) <= lineWidth) return `${line}\n`;
  const lines = calls.map(([name, arg], index) => {
    const isLast = index === calls.length - 1;
    const short = `${indent}  .${name}(${arg})${isLast ? ";" : ""}`;
    if (widthOf(short) <= lineWidth) return `${short}\n`;
    return `${indent}  .${name}(\n${indent}    ${arg},\n${indent}  )${isLast ? ";" : ""}\n`;
  });
  return `${indent}${subject}\n${lines.join("")}`;
}

/** `subject.method(argument, { … }).last(b);`, as prettier leaves it: an object of several lines breaks the chain. */
export function chainWithObject(subject: string, { method, argument, properties, last }: ObjectCall): string {
  const lines = propertyLines(`${indent}    `, properties);
  const [name, arg] = last;
  return `${indent}${subject}\n${indent}  .${method}(${argument}, {\n${lines}${indent}  })\n${indent}  .${name}(${arg});\n`;
}

/** For {@link chainWithObject}. */
export interface ObjectCall {
  readonly method: string;
  readonly argument: string;
  readonly properties: readonly Property[];
  readonly last: readonly [string, string];
}

/** `import { a, b } from "module";`, as prettier leaves it. */
export function importLine(names: readonly string[], module: string): string {
  const line = `import { ${names.join(", ")} } from "${module}";\n`;
  if (widthOf(line.trimEnd()) <= lineWidth) return line;
  return `import {\n${names.map((name) => `  ${name},\n`).join("")}} from "${module}";\n`;
}

function propertyLines(indent: string, properties: readonly Property[]): string {
  return properties.map(([key, value]) => (value === undefined ? "" : propertyText(indent, key, value))).join("");
}

function propertyText(indent: string, key: string, value: PropertyValue): string {
  if (typeof value === "object" && "object" in value) {
    return `${indent}${key}: {\n${propertyLines(`${indent}  `, value.object)}${indent}},\n`;
  }
  const isText = typeof value === "string";
  const line = `${indent}${key}: ${isText ? value : `[${value.join(", ")}]`},`;
  if (widthOf(line) <= lineWidth) return `${line}\n`;
  if (!isText) return `${indent}${key}: [\n${value.map((entry) => `${indent}  ${entry},\n`).join("")}${indent}],\n`;
  return key.length > shortKey && /^["']/.test(value) ? `${indent}${key}:\n${indent}  ${value},\n` : `${line}\n`;
}

/** Characters of East Asian writing are two columns wide, accents none. */
function widthOf(line: string): number {
  const wide =
    /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/gu;
  const visible = line.replaceAll(/\p{M}/gu, "");
  return Array.from(visible).length + (visible.match(wide) ?? []).length;
}

function escapeCharacter(character: string): string {
  const short = shortEscapes[character];
  if (short !== undefined) return short;
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  return units.map((unit) => String.raw`\u${unit.toString(16).padStart(4, "0")}`).join("");
}
