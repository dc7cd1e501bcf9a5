/** A file or a folder in a tar archive. */
export interface TarEntry {
  /** From the root of the archive, without a slash at either end. */
  readonly name: string;
  /** Permissions, such as 0o755. */
  readonly mode: number;
  /** Absent for a folder. */
  readonly content?: Uint8Array;
  /** The number of its user and of its group; 0 when absent. */
  readonly owner?: number;
}

const blockBytes = 512;

/**
 * Makes a tar archive in the format that POSIX names ustar. Its bytes depend on the entries alone: they stand in the order of
 * their names, without a time, and folders that nobody names belong to root.
 *
 * @throws {Error} for a name that the format has no room for
 */
export function makeTar(entries: readonly TarEntry[]): Uint8Array {
  const named = new Map(entries.map((entry) => [entry.name, entry]));
  for (const { name } of entries) {
    for (const folder of foldersAbove(name)) if (!named.has(folder)) named.set(folder, { name: folder, mode: 0o755 });
  }
  // A folder comes before what is in it: its name is the beginning of the other one.
  const sorted = [...named.values()].toSorted((left, right) => (left.name < right.name ? -1 : 1));
  return Buffer.concat([...sorted.flatMap(blocksOf), Buffer.alloc(2 * blockBytes)]);
}

function foldersAbove(name: string): readonly string[] {
  const parts = name.split("/").slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join("/"));
}

function blocksOf(entry: TarEntry): readonly Uint8Array[] {
  const { content = new Uint8Array() } = entry;
  const padding = (blockBytes - (content.length % blockBytes)) % blockBytes;
  return [headerOf(entry, content.length), content, Buffer.alloc(padding)];
}

/** Where a header has which field, and how many bytes of it. */
const fields = {
  name: [0, 100],
  mode: [100, 8],
  user: [108, 8],
  group: [116, 8],
  size: [124, 12],
  time: [136, 12],
  sum: [148, 8],
  type: [156, 1],
  format: [257, 8],
  prefix: [345, 155],
} as const;

function headerOf({ name, mode, content, owner = 0 }: TarEntry, size: number): Uint8Array {
  const header = Buffer.alloc(blockBytes);
  const put = (field: keyof typeof fields, text: string): void => {
    const [start, length] = fields[field];
    if (Buffer.byteLength(text) > length) throw new Error(`${name} does not fit into a tar archive.`);
    header.write(text, start);
  };
  const octal = (field: keyof typeof fields, value: number): void => {
    put(field, value.toString(8).padStart(fields[field][1] - 1, "0"));
  };
  const [prefix, last] = splitName(content === undefined ? `${name}/` : name);
  put("name", last);
  put("prefix", prefix);
  octal("mode", mode);
  octal("user", owner);
  octal("group", owner);
  octal("size", size);
  octal("time", 0);
  put("type", content === undefined ? "5" : "0");
  put("format", "ustar\u000000");
  // The sum counts its own field as blanks.
  put("sum", " ".repeat(fields.sum[1]));
  const sum = header.reduce((total, byte) => total + byte, 0);
  put("sum", `${sum.toString(8).padStart(6, "0")}\u0000 `);
  return header;
}

/** A name that is too long for its own field is split at a slash. */
function splitName(name: string): readonly [prefix: string, last: string] {
  if (Buffer.byteLength(name) <= fields.name[1]) return ["", name];
  const slash = name.indexOf("/", name.length - fields.name[1] - 1);
  return slash < 0 ? ["", name] : [name.slice(0, slash), name.slice(slash + 1)];
}
