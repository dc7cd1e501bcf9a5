import type { Finding } from "../finding.ts";
import { isAtLeast, type Severity } from "./severity.ts";

/** What an audit comes to: nothing is open, something is not known, or something is as grave as was asked about. */
export type Verdict = "clean" | "review" | "findings";

/**
 * What an audit comes to. It is never clean while something is to be reviewed.
 *
 * @param open - findings that count
 */
export function verdictOf(
  open: readonly Finding[],
  { failOn, isClean }: { readonly failOn: Severity; readonly isClean: boolean },
): Verdict {
  const isFound = open.some(({ kind, severity }) => kind === "finding" && isAtLeast(severity, failOn));
  if (isFound && !isClean) return "findings";
  return open.some(({ kind }) => kind === "review") ? "review" : isClean ? "clean" : "findings";
}
