import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { Validator } from "../../framework/schema.ts";
import { identityForms, type IdentityReference, parseIdentityText } from "../../vocabulary/identity-text.ts";

/** Refuses texts that name no identity. */
export const identityTextValidator: Validator<string> = {
  check(text) {
    const parsed = parseIdentityText(text);
    return parsed.kind === "invalid" ? unreadable(text, parsed.reason) : undefined;
  },
};

/**
 * Reads the text of an identity that may have been unknown while it was validated.
 *
 * @throws {DiagnosticError} at `attribute`, for a text that names none
 */
export function referenceIn(text: string, attribute: string): IdentityReference {
  const parsed = parseIdentityText(text);
  if (parsed.kind === "identity") return parsed.identity;
  throw new DiagnosticError({ ...unreadable(text, parsed.reason), attribute: [attribute] });
}

function unreadable(text: string, reason: string): { readonly summary: string; readonly detail: string } {
  return { summary: "Identity is invalid", detail: `It is "${text}". ${reason} Give ${identityForms}.` };
}
