import { readFile } from "node:fs/promises";
import path from "node:path";
import { build, type BuildOptions } from "esbuild";

const root = path.resolve(import.meta.dirname, "..");
const folder = "src/audit/report/html/browser";

/** Browsers of the last two years: those that know `light-dark()`. */
const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  write: false,
  target: ["chrome123", "firefox120", "safari17.5"],
  charset: "ascii",
  legalComments: "none",
  logLevel: "warning",
} satisfies BuildOptions;

/** The program and the style sheet of the audit's page, as a module that the report includes. */
export async function auditPageModule(): Promise<string> {
  const [script, style] = await Promise.all([
    build({ ...shared, entryPoints: [`${folder}/main.ts`], format: "iife", banner: { js: await notice() } }),
    build({ ...shared, entryPoints: [`${folder}/page.css`] }),
  ]);
  const texts = [script, style].map(({ outputFiles }) => outputFiles[0]?.text.trimEnd() ?? "");
  // Inside an HTML element, these would end it.
  for (const text of texts) if (/<\/(?:script|style)|<!--/i.test(text)) throw new Error("The page would break off.");
  const [pageScript = "", pageStyle = ""] = texts;
  return [
    "/** Bundled from ../browser by tools/generate-audit-page.ts. */",
    `export const pageScript: string = ${JSON.stringify(pageScript)};`,
    "",
    `export const pageStyle: string = ${JSON.stringify(pageStyle)};`,
    "",
  ].join("\n");
}

/** The pages go to other people, and with them the code of these packages. */
async function notice(): Promise<string> {
  const license = await readFile(path.join(root, "node_modules/@dagrejs/dagre/LICENSE"), "utf8");
  return `/*! This page contains dagre and graphlib.\n${license.trim()} */`;
}
