import path from "node:path";
import { type Location, parseAddress } from "../index.ts";
import type { Block } from "./block.ts";
import type { ConfigurationFile } from "./configuration-files.ts";
import { findHclBlocks } from "./hcl-blocks.ts";
import { findJsonBlocks } from "./json-blocks.ts";

/**
 * Finds the place in these files where an object of a plan is declared. File names are given relative to the base folder.
 *
 * All instances of a resource are declared at one place.
 */
export function locatorOf(
  files: readonly ConfigurationFile[],
  base: string,
): (address: string) => Location | undefined {
  // Many audits find nothing: then no file needs to be searched.
  let places: ReadonlyMap<string, Location> | undefined;
  return (address) => (places ??= placesIn(files, base)).get(keyOf(address));
}

function placesIn(files: readonly ConfigurationFile[], base: string): ReadonlyMap<string, Location> {
  const places = new Map<string, Location>();
  for (const { module, file, text } of files) {
    const blocks = file.endsWith(".json") ? findJsonBlocks(text) : findHclBlocks(text);
    for (const block of blocks) {
      const key = `${module}#${block.address}`;
      if (!places.has(key)) places.set(key, locationOf(block, relativeTo(base, file)));
    }
  }
  return places;
}

/** A file as reports name it: relative to the base folder where it is below it, with slashes. */
export function relativeTo(base: string, file: string): string {
  const relative = path.relative(base, file);
  const isBelow = relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
  return (isBelow ? relative : path.resolve(file)).replaceAll(path.sep, "/");
}

function locationOf({ line, constructPath }: Block, file: string): Location {
  return { file, line, ...(constructPath === undefined ? {} : { constructPath }) };
}

/** The engine's key of a provider configuration is such as `qumulo.second` or `module.account:qumulo`. */
function keyOf(address: string): string {
  const provider = /^provider\.(?:(.+):)?([^:]+)$/.exec(address);
  if (provider === null) {
    const { modules, local } = parseAddress(address);
    return `${modules.join(".")}#${local}`;
  }
  const [, module = "", key = ""] = provider;
  return `${parseAddress(module).modules.join(".")}#provider.${key}`;
}
