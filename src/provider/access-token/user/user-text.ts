import { isDeepStrictEqual } from "node:util";

import { type IdentityReference, parseIdentityText } from "../../../vocabulary/identity-text.ts";

/** Says that groups have no access tokens. */
export function groupRefusal(text: string): { readonly summary: string; readonly detail: string } {
  return {
    summary: "Access token for a group",
    detail: `user is "${text}", which is a group. Access tokens belong to users: name a user, for example a qumulo_local_user made for the program.`,
  };
}

/** Whether two spellings are the same identity without asking the cluster: `LOCAL:svc` and `local:svc`. */
export function isSameUserText(left: string, right: string): boolean {
  const [first, second] = [parseIdentityText(left), parseIdentityText(right)];
  return first.kind === "identity" && isDeepStrictEqual(first, second);
}

/** The identity that a text names, or `undefined` when it names none: that is refused while validating. */
export function referenceOf(text: string): IdentityReference | undefined {
  const parsed = parseIdentityText(text);
  return parsed.kind === "identity" ? parsed.identity : undefined;
}
