import { DiagnosticError } from "../../framework/diagnostics.ts";
import type { Validator } from "../../framework/schema.ts";
import { durationForm, parseDuration } from "../../vocabulary/duration.ts";

/** How long a token lives unless the practitioner says otherwise. */
export const defaultLife = "15m";

const shortestMs = 60_000;
const longestMs = 86_400_000;

/** Refuses what is not a duration, and lives that are too short to be renewed in time or too long for a short-lived token. */
export const expiresInValidator: Validator<string> = {
  check(text) {
    const ms = parseDuration(text);
    if (ms === undefined) {
      return {
        summary: "expires_in is not a duration",
        detail: `expires_in is "${text}". Give ${durationForm}, or leave it out for "${defaultLife}".`,
      };
    }
    if (ms >= shortestMs && ms <= longestMs) return undefined;
    return {
      summary: "expires_in is out of range",
      detail: `expires_in is "${text}", and a token for one run lives from "1m" to "24h". It is extended while the run lasts, so a short life is enough; for a token that stays, use the resource qumulo_access_token.`,
    };
  },
};

/**
 * The length of a life in milliseconds.
 *
 * @throws {DiagnosticError} for a text that {@link expiresInValidator} refuses: it may have been unknown until now
 */
export function getLifeMs(text: string): number {
  const ms = parseDuration(text);
  const fault = expiresInValidator.check(text);
  if (ms !== undefined && fault === undefined) return ms;
  throw new DiagnosticError({ summary: "expires_in", detail: text, ...fault, attribute: ["expires_in"] });
}

/** When to renew a life that begins now: after two thirds of it, which leaves time for a slow cluster. */
export function renewalTime(now: Date, ms: number): Date {
  return new Date(now.getTime() + Math.floor((ms * 2) / 3));
}
