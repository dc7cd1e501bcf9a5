import path from "node:path";
import { buildSync } from "esbuild";

/**
 * Code for `node -e` after which all that these sources export is at hand.
 *
 * @param sources - paths from the project's root
 */
export function bundledCode(...sources: readonly string[]): string {
  const root = path.resolve(__dirname, "../../..");
  const exports = sources.map((source) => `export * from "./${source}";`).join("");
  const { outputFiles } = buildSync({
    stdin: { contents: exports, resolveDir: root },
    bundle: true,
    platform: "node",
    format: "iife",
    globalName: "bundled",
    write: false,
  });
  return `${outputFiles.map(({ text }) => text).join("")};Object.assign(globalThis, bundled)`;
}
