import { type AttributePath, renderPath } from "./attribute-path.ts";

/** One message for the practitioner. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** What failed, in one line. */
  readonly summary: string;
  /** The value met, the value accepted and the next step. Holds no secret. */
  readonly detail: string;
  /** The attribute at fault, where there is exactly one. */
  readonly attribute?: AttributePath;
}

/** A message to report, before its severity is known. */
export type DiagnosticText = Omit<Diagnostic, "severity">;

/** Collects what one operation has to say. Saying the same thing twice reports it once. */
export class Diagnostics {
  readonly #reported = new Map<string, Diagnostic>();

  /** Reports a failure: the engine stops after this operation. */
  error(text: DiagnosticText): void {
    this.add({ severity: "error", ...text });
  }

  /** Reports something to reconsider: the engine goes on. */
  warning(text: DiagnosticText): void {
    this.add({ severity: "warning", ...text });
  }

  /** Takes over a finished message. */
  add(diagnostic: Diagnostic): void {
    const path = diagnostic.attribute === undefined ? "" : renderPath(diagnostic.attribute);
    this.#reported.set(JSON.stringify([diagnostic.severity, diagnostic.summary, diagnostic.detail, path]), diagnostic);
  }

  /** Whether anything failed so far. */
  get hasErrors(): boolean {
    return this.all.some((diagnostic) => diagnostic.severity === "error");
  }

  /** Everything reported so far, in order. */
  get all(): readonly Diagnostic[] {
    return [...this.#reported.values()];
  }
}

/**
 * A failure with a finished message for the practitioner.
 *
 * Whatever a provider throws becomes a diagnostic; this class is for those that know how to say it well.
 */
export class DiagnosticError extends Error {
  override readonly name = "DiagnosticError";
  /** What the practitioner reads. */
  readonly text: DiagnosticText;

  constructor(text: DiagnosticText, options?: ErrorOptions) {
    super(`${text.summary}: ${text.detail}`, options);
    this.text = text;
  }
}
