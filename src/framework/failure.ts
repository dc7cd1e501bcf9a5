import { DiagnosticError, type Diagnostics } from "./diagnostics.ts";
import { describeUnexpected } from "./unexpected-error.ts";

/**
 * Reports whatever was thrown as one error diagnostic. For an unexpected error it says what kind it is and where it happened,
 * but leaves out the error's own message, which may contain a secret.
 *
 * @param summary - what failed, for an error that brings no message of its own
 */
export function reportFailure(diagnostics: Diagnostics, error: unknown, summary: string): void {
  if (error instanceof DiagnosticError) {
    diagnostics.error(error.text);
    return;
  }
  diagnostics.error({
    summary,
    detail: `The provider met an unexpected error: ${describeUnexpected(error)}. Please report this to its developers, with the version of the provider, and with what was configured and done.`,
  });
}
