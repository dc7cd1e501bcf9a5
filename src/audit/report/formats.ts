import type { RenderReport } from "./report-options.ts";

/** A format of the report. */
export interface ReportFormat {
  /** What it is for, as it stands after its name. */
  readonly title: string;
  /** Loads the code that renders it, so that only the requested format is loaded. */
  readonly load: () => Promise<RenderReport>;
}

/** All formats of a report, by name. The command line, its completion and the docs are made from this table. */
export const reportFormats = {
  text: {
    title: "for people at a terminal",
    load: async () => (await import("./text-report.ts")).renderTextReport,
  },
  json: {
    title: "for programs, with a versioned schema",
    load: async () => (await import("./json-report.ts")).renderJsonReport,
  },
  markdown: {
    title: "for a comment on a pull request",
    load: async () => (await import("./markdown-report.ts")).renderMarkdownReport,
  },
  sarif: {
    title: "SARIF 2.1.0, for code scanning",
    load: async () => (await import("./sarif-report.ts")).renderSarifReport,
  },
  junit: {
    title: "a report of tests, for GitLab and Jenkins",
    load: async () => (await import("./junit-report.ts")).renderJunitReport,
  },
  github: {
    title: "annotations in a workflow of GitHub",
    load: async () => (await import("./github-report.ts")).renderGithubReport,
  },
  html: {
    title: "one page with the access graph, for a browser",
    load: async () => (await import("./html/html-report.ts")).renderHtmlReport,
  },
} as const satisfies Readonly<Record<string, ReportFormat>>;

/** The name of a format of the report. */
export type ReportFormatName = keyof typeof reportFormats;
