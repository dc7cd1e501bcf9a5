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

/** Bundles the program and the style sheet of the audit's page, as a module that the report includes. */
export async function bundleAuditPage(): Promise<string> {
  const [script, style] = await Promise.all([
    build({ ...shared, entryPoints: [`${folder}/main.ts`], format: "iife" }),
    build({ ...shared, entryPoints: [`${folder}/page.css`] }),
  ]);
  requireOwnCode(script.metafile);
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
  return lines.join("\n");
}

/** The pages go to other people: code of a package would have to bring its license with it. */
function requireOwnCode({ inputs }: Metafile): void {
  const foreign = Object.keys(inputs).filter((name) => name.includes("node_modules"));
  if (foreign.length > 0) throw new Error(`The page would contain ${foreign.join(", ")} without a license.`);
}
