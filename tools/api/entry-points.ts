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

/** The constructs on the other library: its declarations are made of the sources in `constructs/`. */
const terrain = { subpath: "./cdktn", declared: /^cdktn\//, sources: "constructs/" };

/** The entry points of the package: what `exports` in its `package.json` names types of, in that order. */
export async function readEntryPoints(root: string): Promise<readonly EntryPoint[]> {
  const manifest: unknown = JSON.parse(await readFile(path.join(root, "package.json"), "utf8"));
  const packageName = String(fieldsOf(manifest)["name"]);
  return Object.entries(fieldsOf(fieldsOf(manifest)["exports"])).flatMap(([subpath, target]) => {
    const [, source] = declarations.exec(String(fieldsOf(target)["types"])) ?? [];
    if (source === undefined) return [];
    const specifier = path.posix.join(packageName, subpath);
    if (subpath !== terrain.subpath) {
      return [{ name: path.basename(path.dirname(source)), specifier, source: `${source}.ts` }];
    }
    return [
      { name: path.basename(subpath), specifier, source: `${source.replace(terrain.declared, terrain.sources)}.ts` },
    ];
  });
}

/**
 * The entry points with the source to describe of each. That of CDK Terrain is all of the constructs once more: what it has
 * beyond them stands in a module of its own.
 */
export function describedEntryPoints(entryPoints: readonly EntryPoint[]): readonly EntryPoint[] {
  const own = "beyond-cdktf.ts";
  return entryPoints.map((entryPoint) => {
    if (entryPoint.name !== path.basename(terrain.subpath)) return entryPoint;
    return { ...entryPoint, source: path.posix.join(path.posix.dirname(entryPoint.source), own) };
  });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
