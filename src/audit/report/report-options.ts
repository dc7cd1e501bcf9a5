import type { Audit } from "../audit.ts";
import type { Gate } from "../gate/verdict.ts";

/** Options of a report in addition to the audit. Each format uses those that apply to it. */
export interface ReportOptions extends Gate {
  /**
   * What is audited, where one pull request has several audits, such as `production`.
   *
   * @default the only audit there is
   */
  readonly name?: string | undefined;
  /**
   * The address of the page about a rule.
   *
   * @default rules are named without a link, with the file that their page is in the package
   */
  readonly rulePage?: ((rule: string) => string) | undefined;
  /**
   * The version of this program, for SARIF.
   *
   * @default the report names no version
   */
  readonly version?: string | undefined;
  /**
   * The file that was audited, for SARIF. It stands for findings that have no place in the configuration, such as those
   * about what the plan deletes: GitHub refuses a result without a file.
   *
   * @default such findings have no file
   */
  readonly planFile?: string | undefined;
  /**
   * The current time in the time line of the HTML page.
   *
   * @default the time on this machine
   */
  readonly now?: Date | undefined;
  /**
   * What the filter of the HTML page begins with: the reader sees that part first, and can clear it.
   *
   * @default nothing is left out
   */
  readonly filter?: string | undefined;
  /**
   * Whether to color the text for a terminal.
   *
   * @default false
   */
  readonly isColored?: boolean | undefined;
  /**
   * How many columns the text has.
   *
   * @default 100
   */
  readonly width?: number | undefined;
}

/** Renders an audit: the signature that all formats share. */
export type RenderReport = (audit: Audit, options: ReportOptions) => string;
