import { inflateRawSync } from "node:zlib";

const localHeader = Buffer.from("PK\x03\x04", "latin1");
const stored = 0;

/** All that is in a saved plan, which is a ZIP archive, as one text; what is not compressed stands for itself. */
export function readSavedPlan(archive: Buffer): string {
  const texts = [archive.toString("latin1")];
  for (let at = archive.indexOf(localHeader); at >= 0; at = archive.indexOf(localHeader, at + 1)) {
    const method = archive.readUInt16LE(at + 8);
    const start = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
    if (method !== stored) texts.push(inflateRawSync(archive.subarray(start)).toString("latin1"));
  }
  return texts.join("\n");
}

/** Where in a JSON document a text stands, as paths joined by dots, in order of appearance. */
export function findInJson(json: string, text: string): readonly string[] {
  const search = (value: unknown, path: readonly string[]): readonly string[] => {
    if (typeof value === "string") return value.includes(text) ? [path.join(".")] : [];
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => [
      ...(key.includes(text) ? [[...path, "(key)"].join(".")] : []),
      ...search(inner, [...path, key]),
    ]);
  };
  return search(JSON.parse(json), []);
}
