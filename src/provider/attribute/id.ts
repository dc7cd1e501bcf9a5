import type { Validator } from "../../framework/schema.ts";

/** Ids are unsigned 64-bit numbers, and text of this form is safe in the path of a request. */
const idForm = /^(0|[1-9]\d{0,19})$/;
const idLimit = 2n ** 64n;

/** Whether a text is an id of an account or an auth_id: decimal digits below 2^64, without leading zeros. */
export function isId(text: string): boolean {
  return idForm.test(text) && BigInt(text) < idLimit;
}

/** Whether a text is the id of an access token: decimal digits, more of them than other ids have. */
export function isTokenId(text: string): boolean {
  return /^\d{1,40}$/.test(text);
}

/** Refuses what is not an id, in words of the attribute's own. */
export function idValidator(
  refusal: (id: string) => { readonly summary: string; readonly detail: string },
): Validator<string> {
  return { check: (id) => (isId(id) ? undefined : refusal(id)) };
}

/** Refuses what is not the id of an account that a data source looks up. */
export const lookupIdValidator = idValidator((id) => ({
  summary: "Id is not a number",
  detail: `id is "${id}". Give the decimal id, or use name.`,
}));
