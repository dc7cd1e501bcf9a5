import { shownText } from "../vocabulary/shown-text.ts";

/** What an {@link AuditError} is about. */
export type AuditErrorKind = "input" | "policy" | "baseline";

/**
 * The audit could not read what it was given, so there is no verdict.
 *
 * Its message is for the person who asked, says what to do, and repeats no value of the document.
 */
export class AuditError extends Error {
  override readonly name = "AuditError";
  /** What it is about, to branch on. */
  readonly kind: AuditErrorKind;

  /** @param faults - each becomes a line of its own; control characters in texts from the document are made harmless */
  constructor(kind: AuditErrorKind, faults: string | readonly string[], options?: ErrorOptions) {
    super([faults].flat().map(shownText).join("\n  "), options);
    this.kind = kind;
  }
}
