import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

const root = path.resolve(__dirname, "../../..");

/** Folders with Markdown that is not ours, or not a page: notes are checked in the pages that they become part of. */
const skipped = ["node_modules", "dist", "release", "coverage", ".git", path.join("tools", "reference", "notes")];

/** One fenced block of a page. */
export interface CodeBlock {
  /** The word after the fence. */
  readonly language: string;
  /** The word after the language: the file that the block is for. */
  readonly file: string | undefined;
  /** Without the indentation that a list gives it. */
  readonly code: string;
  /** The text of the heading above it, without its hashes; empty above the first. */
  readonly heading: string;
  readonly line: number;
}

/** The paths of all pages, from the project's folder. */
export async function findPages(folder = ""): Promise<readonly string[]> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true });
  const found = entries.map(async (entry) => {
    const name = path.join(folder, entry.name);
    if (skipped.includes(name) || entry.name === "cdktf.out") return [];
    if (entry.isDirectory()) return findPages(name);
    return entry.name.endsWith(".md") ? [name] : [];
  });
  return (await Promise.all(found)).flat();
}

/** The text of a page, by its path from the project's folder. */
export async function readPage(page: string): Promise<string> {
  return readFile(path.join(root, page), "utf8");
}

/** All fenced blocks of a page, in their order. */
export async function readBlocks(page: string): Promise<readonly CodeBlock[]> {
  return blocksOf(await readPage(page));
}

/** The code of the blocks of one language, in their order. */
export async function readCode(page: string, language: string): Promise<readonly string[]> {
  const blocks = await readBlocks(page);
  return blocks.filter((block) => block.language === language).map(({ code }) => code);
}

/** The file that a block is for: it stands beside the language, or in a comment in its first line. */
export function nameOf({ file, code }: CodeBlock): string | undefined {
  return file ?? /^(?:#|\/\/) (\S+\.\w+)\n/.exec(code)?.[1];
}

/** All fenced blocks of a text. */
export function blocksOf(text: string): readonly CodeBlock[] {
  const pieces = text.matchAll(/^([ \t]*)```(\S*)(?: (\S+))?[^\n]*\n(.*?)^\1```[ \t]*$|^#{1,6} ([^\n]+)$/gms);
  const blocks: CodeBlock[] = [];
  let heading = "";
  for (const { index, 1: indent = "", 2: language = "", 3: file, 4: code, 5: title } of pieces) {
    if (title !== undefined) heading = title;
    if (code === undefined) continue;
    const line = text.slice(0, index).split("\n").length;
    blocks.push({ language, file, code: code.replaceAll(new RegExp(`^${indent}`, "gm"), ""), heading, line });
  }
  return blocks;
}
