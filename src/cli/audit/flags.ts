import type { Severity } from "../../audit/index.ts";
import type { BearerTokenFlags } from "../connect.ts";

/** The forms of a report. */
export const reportFormats = ["text", "json", "markdown", "sarif", "junit", "github", "html"] as const;

/** What `audit` may be asked. */
export interface AuditFlags extends BearerTokenFlags {
  readonly format: (typeof reportFormats)[number];
  readonly failOn: Severity;
  readonly policy?: string;
  readonly baseline?: string;
  readonly redact?: string;
  readonly output?: string;
  readonly config?: string;
  readonly name?: string;
  readonly rulePages?: string;
  readonly cluster?: boolean;
}
