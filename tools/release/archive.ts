import { zipSync, type Zippable } from "fflate";

/** A file to put into an archive. */
export interface ArchivedFile {
  readonly name: string;
  readonly content: Uint8Array;
  readonly executable?: boolean;
}

/** Zip knows no time zone and reads this one as local: the earliest day that it can name, wherever that is. */
const noTime = new Date(1980, 0, 1, 12);
const unix = 3;
const regularFile = 0o100000;

/**
 * Makes a zip archive with Unix modes.
 *
 * Its bytes depend on names, contents and modes alone. The compression is fflate's own, in JavaScript, since that of Node
 * gives other bytes with another version. Level 6 would take a third longer for one percent.
 */
export function makeArchive(files: readonly ArchivedFile[]): Uint8Array {
  const entries: Zippable = {};
  for (const { name, content, executable = false } of files.toSorted((left, right) =>
    left.name < right.name ? -1 : 1,
  )) {
    const mode = regularFile | (executable ? 0o755 : 0o644);
    entries[name] = [content, { level: 4, mtime: noTime, os: unix, attrs: (mode << 16) >>> 0 }];
  }
  return zipSync(entries);
}
