import { readFile } from "node:fs/promises";
import path from "node:path";

/** What other people's programs import by one name. */
export interface EntryPoint {
  /** The folder that it stands in, such as `client`; its report and its page are named so. */
  readonly name: string;
  /** What an import says: `cdktf-qumulo/client`. */
  readonly specifier: string;
  /** Path of its source from the root: `src/client/index.ts`. */
  readonly source: string;
}

const declarations = /^\.\/dist\/types\/(.+)\.d\.ts$/;

/** The constructs on the other library: what is public of them is what their source says already. */
const twins: ReadonlySet<string> = new Set(["./cdktn"]);

/** The entry points of the package: what `exports` in its `package.json` names types of, in that order. */
export async function readEntryPoints(root: string): Promise<readonly EntryPoint[]> {
  const manifest: unknown = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  const packageName = String(fieldsOf(manifest)["name"]);
  return Object.entries(fieldsOf(fieldsOf(manifest)["exports"])).flatMap(([subpath, target]) => {
    const [, source] = declarations.exec(String(fieldsOf(target)["types"])) ?? [];
    if (source === undefined || twins.has(subpath)) return [];
    const name = path.basename(path.dirname(source));
    return [{ name, specifier: path.posix.join(packageName, subpath), source: `${source}.ts` }];
  });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
