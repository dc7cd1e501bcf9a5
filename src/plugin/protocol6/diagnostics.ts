import type { Diagnostic } from "../../framework/diagnostics.ts";
import { encodeAttributePath } from "./attribute-path.ts";
import { Diagnostic_Severity, type DiagnosticInit } from "./generated/tfplugin6.ts";

/** The messages for the engine, in the same order. */
export function encodeDiagnostics(diagnostics: readonly Diagnostic[]): DiagnosticInit[] {
  return diagnostics.map(encodeDiagnostic);
}

function encodeDiagnostic({ severity, summary, detail, attribute }: Diagnostic): DiagnosticInit {
  return {
    severity: severity === "error" ? Diagnostic_Severity.ERROR : Diagnostic_Severity.WARNING,
    summary: visible(summary),
    detail: visible(detail),
    attribute: attribute === undefined ? undefined : encodeAttributePath(attribute),
  };
}

const unseen = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
/** An engine prints what it is given; nobody reads more. */
const longestText = 10_000;

/**
 * A text in one line, with what cannot be seen written as its code point. Names in it may come from a cluster: engines pass
 * them on to terminals and logs, which would take some characters for commands.
 */
export function visible(text: string): string {
  const rest = text.length - longestText;
  const part = rest > 0 ? `${text.slice(0, longestText)}… and ${rest} more characters` : text;
  return wellFormed(part).replaceAll(unseen, (character) => `<${codePoint(character)}>`);
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The text with U+FFFD for halves of surrogate pairs, which have no place in UTF-8. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, "\u{fffd}");
}
