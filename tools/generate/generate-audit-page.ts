import path from "node:path";
import { bundleAuditPage } from "./audit-page.ts";
import { writeOrCheck } from "./generated-files.ts";

const place = "src/audit/report/html/generated";

/** Writes the program of the audit's page, or with `--check` compares it. */
await writeOrCheck(
  {
    folder: path.resolve(import.meta.dirname, "../..", place),
    owned: ["."],
    files: new Map([["page-files.ts", await bundleAuditPage()]]),
  },
  { place, origin: "the page's program bundles to", script: "generate:page" },
);
