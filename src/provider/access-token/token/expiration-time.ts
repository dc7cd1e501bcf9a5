import type { Validator } from "../../../framework/schema.ts";
import { instantForm, parseInstant } from "../../../vocabulary/instant.ts";

/** Refuses what is not a time, and times without an offset, which would mean another instant on another machine. */
export const expirationTimeValidator: Validator<string> = {
  check(text) {
    if (parseInstant(text) !== undefined) return undefined;
    return {
      summary: "Expiration time is not a time",
      detail: `expiration_time is "${text}". Give ${instantForm}, or leave it out for a token that never expires.`,
    };
  },
};
