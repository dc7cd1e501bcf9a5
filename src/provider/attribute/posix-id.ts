import type { Validator } from "../../framework/schema.ts";

const largestPosixId = 4_294_967_295;

/** Refuses what is not a POSIX id: a whole number from 0 to 4294967295, as text without leading zeros. */
export function posixIdValidator(attribute: "uid" | "gid"): Validator<string> {
  return {
    check(id) {
      if (/^(0|[1-9]\d{0,9})$/.test(id) && Number(id) <= largestPosixId) return undefined;
      return {
        summary: `${attribute} is not a POSIX id`,
        detail: `${attribute} is "${id}". Give a whole number from 0 to ${largestPosixId}, or leave it out.`,
      };
    },
  };
}
