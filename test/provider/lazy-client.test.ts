import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";

/** The modules that are loaded with a file: not its types, and not what it imports while it runs. */
function loadedWith(file: string, found = new Set<string>()): ReadonlySet<string> {
  const source = readFileSync(file, "utf8");
  for (const [, target = ""] of source.matchAll(/^(?:import|export) (?!type )[^;]*?from "([^"]+)";/gm)) {
    const module = target.startsWith(".") ? join(dirname(file), target) : target;
    if (found.has(module)) continue;
    found.add(module);
    if (target.startsWith(".")) loadedWith(module, found);
  }
  return found;
}

test("the provider starts without loading the REST client", () => {
  const loaded = [...loadedWith(join(__dirname, "../../src/provider/provider.ts"))];

  expect(loaded).toContain(join(__dirname, "../../src/client/cluster-error.ts"));
  expect(loaded.filter((module) => !module.startsWith("/") && !module.startsWith("node:"))).toEqual([]);
});
