import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Diagnostic } from "../../framework/diagnostics.ts";
import { encodeAttributePath } from "./attribute-path.ts";
import { Diagnostic_Severity, type DiagnosticSchema } from "./generated/tfplugin6_pb.ts";

/** A message for the practitioner on its way to the engine. */
export type DiagnosticInit = MessageInitShape<typeof DiagnosticSchema>;

/** The messages for the engine, in the same order. */
export function encodeDiagnostics(diagnostics: readonly Diagnostic[]): DiagnosticInit[] {
  return diagnostics.map(encodeDiagnostic);
}

function encodeDiagnostic({ severity, summary, detail, attribute }: Diagnostic): DiagnosticInit {
  return {
    severity: severity === "error" ? Diagnostic_Severity.ERROR : Diagnostic_Severity.WARNING,
    summary: wellFormed(summary),
    detail: wellFormed(detail),
    attribute: attribute === undefined ? undefined : encodeAttributePath(attribute),
  };
}

/** The text with U+FFFD for halves of surrogate pairs, which have no place in UTF-8. */
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, "\u{fffd}");
}
