/** An address taken apart, such as `module.account["backup"].qumulo_role.this`. */
export interface ResourceAddress {
  /** The module's address with its instance keys and a dot, or nothing: `module.account["backup"].` */
  readonly prefix: string;
  /** Names of the modules, without keys. */
  readonly modules: readonly string[];
  /** The key of the innermost module, with its brackets. */
  readonly moduleKey: string | undefined;
  /** Type and name: `qumulo_role.this`. */
  readonly local: string;
  /** The instance's own key, with its brackets. */
  readonly key: string | undefined;
}

/** What stands between two dots of an address, and the key behind it, with its brackets. */
export interface Segment {
  readonly name: string;
  readonly key: string | undefined;
}

const segmentPattern = /([^.[\]]+)(\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\])?(?:\.|$)/y;

/** Parts an address or a reference at its dots; dots within keys do not count. */
export function segmentsOf(address: string): readonly Segment[] {
  // Nearly all have no keys, and plans have tens of thousands of them.
  if (!address.includes("[")) return address.split(".").map((name) => ({ name, key: undefined }));
  const segments: Segment[] = [];
  segmentPattern.lastIndex = 0;
  while (segmentPattern.lastIndex < address.length) {
    const match = segmentPattern.exec(address);
    if (match === null) break;
    segments.push({ name: match[1] ?? "", key: match[2] });
  }
  return segments;
}

/** Takes the address of a resource instance apart. */
export function parseAddress(address: string): ResourceAddress {
  if (!address.startsWith("module.") && !address.includes("[")) return plainAddress(address);
  const segments = segmentsOf(address);
  let at = 0;
  const modules: string[] = [];
  const prefix: string[] = [];
  let moduleKey: string | undefined;
  while (segments[at]?.name === "module") {
    const { name = "", key } = segments[at + 1] ?? {};
    modules.push(name);
    prefix.push(`module.${name}${key ?? ""}.`);
    moduleKey = key;
    at += 2;
  }
  const own = segments.slice(at);
  return {
    prefix: prefix.join(""),
    modules,
    moduleKey,
    local: own.map(({ name }) => name).join("."),
    key: own.at(-1)?.key,
  };
}

function plainAddress(local: string): ResourceAddress {
  return { prefix: "", modules: [], moduleKey: undefined, local, key: undefined };
}
