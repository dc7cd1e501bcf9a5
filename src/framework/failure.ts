import { DiagnosticError, type Diagnostics } from "./diagnostics.ts";

/**
 * Reports whatever was thrown as one error diagnostic.
 *
 * @param summary - what failed, for an error that brings no message of its own
 */
export function reportFailure(diagnostics: Diagnostics, error: unknown, summary: string): void {
  if (error instanceof DiagnosticError) {
    diagnostics.error(error.text);
    return;
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  diagnostics.error({
    summary,
    detail: `${message} The provider did not expect this. Please report it to its developers, with what was configured and done.`,
  });
}
