import type { ReportFormatName } from "../../audit/report/formats.ts";
import type { Severity } from "../../audit/index.ts";
import type { BearerTokenFlags } from "../connect.ts";

/** The flags of `audit`. */
export interface AuditFlags extends BearerTokenFlags {
  readonly format: ReportFormatName;
  readonly failOn: Severity;
  readonly failOnExisting?: boolean;
  readonly policy?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly redact?: string;
  readonly output?: string;
  readonly config?: string;
  readonly name?: string;
  readonly rulePages?: string;
  readonly cluster?: boolean;
  readonly compare?: string;
  readonly compareCluster?: boolean;
}
