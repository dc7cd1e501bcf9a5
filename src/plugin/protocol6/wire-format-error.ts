import type { AttributePath, AttributePathStep } from "../../framework/attribute-path.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";

/**
 * Bytes that are not a value of the expected type, or a value that does not fit the type it should be sent in.
 *
 * Says what was met and what was expected, and never the value itself.
 */
export class WireFormatError extends Error {
  override readonly name = "WireFormatError";
  /** Where in the object it is. */
  readonly path: AttributePath;

  constructor(message: string, path: AttributePath = []) {
    super(message);
    this.path = path;
  }

  /** The same error, seen from one level further out. */
  within(step: AttributePathStep): WireFormatError {
    return new WireFormatError(this.message, [step, ...this.path]);
  }

  /** The message for the practitioner. */
  toDiagnosticError(summary: string): DiagnosticError {
    const text = {
      summary,
      detail: `${this.message}. This is a fault of the provider or the engine; please report it.`,
    };
    const attribute = typeof this.path[0] === "string" ? { attribute: this.path } : {};
    return new DiagnosticError({ ...text, ...attribute }, { cause: this });
  }
}

/** Runs work on one part of a value, so that an error says which part it was. */
export function within<T>(step: AttributePathStep, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof WireFormatError ? error.within(step) : error;
  }
}
