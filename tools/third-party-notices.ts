import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** The text of a file's first comment, which is where its copyright and licence stand. */
const leadingComment = /^(?:\/\/.*\n)+|^\/\*[^]*?\*\//;

/**
 * Writes the licence notices of packages whose code is distributed in bundles.
 *
 * A package without a licence file is represented by the notices at the head of its bundled files, or by its author when
 * its licence is the Apache License 2.0.
 *
 * @param inputs - the bundled files, relative to the root
 * @throws {Error} for a package with no notice at all: it must not be bundled
 */
export async function renderNotices(root: string, inputs: readonly string[]): Promise<string> {
  const packages = groupBy(inputs, (input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? "");
  packages.delete(""); // our own files
  const notices: string[] = [];
  for (const name of [...packages.keys()].sort()) {
    notices.push(await renderNotice(root, name, packages.get(name) ?? []));
  }
  return [
    "The programs in this folder contain code of the packages below, each under its own licence.",
    ...notices,
    "The text of the Apache License 2.0 stands in the file LICENSE of this package.",
  ].join(`\n\n${"-".repeat(80)}\n\n`);
}

async function renderNotice(root: string, name: string, files: readonly string[]): Promise<string> {
  const folder = path.join(root, "node_modules", name);
  // What npm has installed has a manifest of this shape.
  const manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as {
    version: string;
    license?: string;
    author?: string | { name: string };
  };
  const licenseFiles = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = await Promise.all(licenseFiles.map(async (file) => readFile(path.join(folder, file), "utf8")));
  if (texts.length === 0) texts.push(...(await readHeads(root, files)));
  // The Apache License asks for its text, which stands below, and for notices where the author has written some.
  if (texts.length === 0 && manifest.license === "Apache-2.0") texts.push(`Written by ${authorOf(manifest)}.`);
  if (texts.length === 0) throw new Error(`${name} is bundled and has no licence notice.`);
  return [
    `${name} ${manifest.version} under ${manifest.license ?? "its own licence"}`,
    ...texts.map((text) => text.trim()),
  ].join("\n\n");
}

function authorOf({ author }: { readonly author?: string | { readonly name: string } }): string {
  return typeof author === "string" ? author : (author?.name ?? "its contributors");
}

async function readHeads(root: string, files: readonly string[]): Promise<readonly string[]> {
  const texts = await Promise.all(files.map(async (file) => readFile(path.join(root, file), "utf8")));
  const heads = texts.map((text) => leadingComment.exec(text)?.[0] ?? "").filter((head) => /copyright/i.test(head));
  return [...new Set(heads)];
}

function groupBy(all: readonly string[], keyOf: (item: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const item of all) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
