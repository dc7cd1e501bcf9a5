import { readFile } from "node:fs/promises";
import { type AnyNode, evaluate, type MemberNode, parse, type ValueNode } from "@humanwhocodes/momoa";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { renderSeedPath, type Seed, type SeedError, type SeedFault } from "./seed.ts";

/** A seed file that cannot be read, or describes no cluster: one line for each fault. */
export class SeedFileError extends Error {
  override readonly name = "SeedFileError";
  /** The first begins with the name of the file. */
  readonly lines: readonly string[];

  constructor(lines: readonly string[], options?: ErrorOptions) {
    super(lines.join("\n"), options);
    this.lines = lines;
  }
}

/** A seed, and the positions of its parts in the file. */
export interface SeedFile {
  /** The document as it stands there, for the simulator to check. */
  readonly value: unknown;
  /** Names the file, the line and the column of each fault. */
  readonly describe: (error: SeedError) => SeedFileError;
}

/** How many faults are shown; more would hide the first ones. */
const shownFaults = 20;

/**
 * Reads a seed file; its content is not checked yet.
 *
 * @throws {SeedFileError} when it cannot be read or is not JSON
 */
export async function readSeedFile(file: string): Promise<SeedFile> {
  const text = await readText(file);
  try {
    return readSeed(file, text);
  } catch (cause) {
    // The parser follows the nesting as deep as it goes.
    if (!(cause instanceof RangeError)) throw cause;
    throw new SeedFileError([`${file} is nested too deeply, and a seed has five levels at most.`], { cause });
  }
}

function readSeed(file: string, text: string): SeedFile {
  const root = parseJson(file, text);
  const twice = findDuplicate(root);
  if (twice !== undefined) {
    throw new SeedFileError([`${file}:${placeOf(twice)} names the field ${nameOf(twice)} twice.`]);
  }
  return { value: evaluate(root), describe: (error) => describe({ file, root }, error) };
}

async function readText(file: string): Promise<string> {
  try {
    return (await readFile(file, "utf8")).replace(/^\uFEFF/, "");
  } catch (cause) {
    throw new SeedFileError([`${file} cannot be read: ${reasonOf(cause)}.`], { cause });
  }
}

/** What the parser calls by names of its own. */
const punctuation: ReadonlyMap<string, string> = new Map([
  ["lbrace", "{"],
  ["rbrace", "}"],
  ["lbracket", "["],
  ["rbracket", "]"],
  ["comma", "comma"],
  ["colon", "colon"],
]);

function parseJson(file: string, text: string): ValueNode {
  try {
    return parse(text, { mode: "json" }).body;
  } catch (cause) {
    if (!(cause instanceof Error && isPlaced(cause))) throw cause;
    // What stands there may be a password without its quotation marks.
    const what = cause.message
      .replace(/ '[^']*'/, "")
      .replace(/ found\..*$/, "")
      .toLowerCase();
    const shown = what.replace(/token (\w+)/, (whole, token: string) => punctuation.get(token) ?? whole);
    throw new SeedFileError([`${file}:${cause.line}:${cause.column} is not JSON: ${shown} here.`], { cause });
  }
}

function isPlaced(error: Error): error is Error & { readonly line: number; readonly column: number } {
  return "line" in error && "column" in error;
}

/** The second of two fields of one object that have the same name; the first would be lost silently. */
function findDuplicate(node: ValueNode): MemberNode | undefined {
  if (node.type === "Array") return firstOf(node.elements.map(({ value }) => findDuplicate(value)));
  if (node.type !== "Object") return undefined;
  const names = new Set<string>();
  const twice = node.members.find((member) => names.size === names.add(nameOf(member)).size);
  return twice ?? firstOf(node.members.map(({ value }) => findDuplicate(value)));
}

function firstOf<T>(found: readonly (T | undefined)[]): T | undefined {
  return found.find((one) => one !== undefined);
}

function nameOf({ name }: MemberNode): string {
  return name.type === "String" ? name.value : name.name;
}

interface Source {
  readonly file: string;
  readonly root: ValueNode;
}

function describe(source: Source, error: SeedError): SeedFileError {
  const lines = error.faults.slice(0, shownFaults).map((fault) => `  ${describeFault(source, fault)}`);
  const rest = error.faults.length - lines.length;
  const more = rest > 0 ? [`  … and ${rest} more`] : [];
  return new SeedFileError([`${source.file} does not describe a cluster:`, ...lines, ...more], { cause: error });
}

function describeFault({ file, root }: Source, { path, message }: SeedFault): string {
  const where = path.length === 0 ? "" : `${renderSeedPath(path)}: `;
  return `${file}:${placeOf(nearestNode(root, path))} ${where}${message}`;
}

/** The node at a path, or the nearest node around it that exists. The position of a field is that of its name. */
function nearestNode(root: ValueNode, path: SeedFault["path"]): AnyNode {
  let place: AnyNode = root;
  let value = root;
  for (const step of path) {
    const next = childOf(value, step);
    if (next === undefined) break;
    place = next;
    value = next.value;
  }
  return place;
}

function childOf(node: ValueNode, step: string | number): Extract<AnyNode, { readonly value: ValueNode }> | undefined {
  if (node.type === "Array") return typeof step === "number" ? node.elements[step] : undefined;
  return node.type === "Object" ? node.members.find((member) => nameOf(member) === step) : undefined;
}

/** Line and column, from 1. */
function placeOf({ loc }: AnyNode): string {
  return `${loc.start.line}:${loc.start.column}`;
}

/** A seed as a file holds it. */
export function renderSeed(seed: Seed): string {
  return `${JSON.stringify(seed, undefined, 2)}\n`;
}
