import { readFile } from "node:fs/promises";
import path from "node:path";
import { build, type BuildOptions, type Metafile } from "esbuild";

const root = path.resolve(import.meta.dirname, "../..");
const folder = "src/audit/report/html/browser";

/** Browsers of the last two years: those that know `light-dark()`. */
const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  target: ["chrome123", "firefox120", "safari17.5"],
  charset: "ascii",
  legalComments: "none",
  logLevel: "warning",
} satisfies BuildOptions;

/** The audit's page as it is bundled. */
export interface AuditPage {
  /** The program and the style sheet, as a module that the report includes. */
  readonly module: string;
  /** What they are made of, with the code of other people's packages. */
  readonly metafile: Metafile;
}

/** Bundles the program and the style sheet of the audit's page. */
export async function bundleAuditPage(): Promise<AuditPage> {
  const [script, style] = await Promise.all([
    build({ ...shared, entryPoints: [`${folder}/main.ts`], format: "iife", banner: { js: await notice() } }),
    build({ ...shared, entryPoints: [`${folder}/page.css`] }),
  ]);
  const texts = [script, style].map(({ outputFiles }) => outputFiles[0]?.text.trimEnd() ?? "");
  // Inside an HTML element, these would end it.
  for (const text of texts) if (/<\/(?:script|style)|<!--/i.test(text)) throw new Error("The page would break off.");
  const [pageScript = "", pageStyle = ""] = texts;
  const lines = [
    "/** Bundled from ../browser by tools/generate/generate-audit-page.ts. */",
    `export const pageScript: string = ${JSON.stringify(pageScript)};`,
    "",
    `export const pageStyle: string = ${JSON.stringify(pageStyle)};`,
    "",
  ];
  return { module: lines.join("\n"), metafile: script.metafile };
}

/** The pages go to other people, and with them the code of these packages. */
async function notice(): Promise<string> {
  const license = await readFile(path.join(root, "node_modules/@dagrejs/dagre/LICENSE"), "utf8");
  return `/*! This page contains dagre and graphlib.\n${license.trim()} */`;
}
