import type { IdentitySchema } from "../../src/framework/schema.ts";

/** One object that a page imports, in each way that engines have. */
export interface ImportExamples {
  /** A block with the import id, as it is written by hand. */
  readonly byId: string;
  /** A block with the identity; `undefined` for a type without one. */
  readonly byIdentity: string | undefined;
  /** The command. */
  readonly command: string;
}

/**
 * Makes the other ways to import an object from a block that names it by its import id: what the command takes is that id, and
 * the identity is its parts, one for each attribute, joined by colons.
 *
 * @throws {Error} when the text is not one import block below comments, or the id has not as many parts as the identity
 */
export function importExamples(text: string, identity: IdentitySchema | undefined): ImportExamples {
  const found = /^(?<comment>(?:#.*\n)*)import \{\n {2}to = (?<to>\S+)\n {2}id = "(?<id>[\w.:@-]+)"\n\}\n$/.exec(text);
  const { comment = "", to = "", id = "" } = found?.groups ?? {};
  if (found === null) throw new Error(`This is not an import block with "to" and "id":\n${text}`);
  return {
    byId: text,
    byIdentity: identity && identityBlock(to, id, Object.keys(identity.attributes)),
    command: `${comment}terraform import ${to} ${id}\n`,
  };
}

function identityBlock(to: string, id: string, names: readonly string[]): string {
  const parts = id.split(":");
  if (parts.length !== names.length) throw new Error(`The id "${id}" of ${to} has not the parts ${names.join(", ")}.`);
  const width = Math.max(...names.map((name) => name.length));
  const lines = names.map((name, index) => `    ${name.padEnd(width)} = "${parts[index] ?? ""}"\n`);
  return `import {\n  to = ${to}\n  identity = {\n${lines.join("")}  }\n}\n`;
}
