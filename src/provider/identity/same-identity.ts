import type { IdentityReference } from "../../vocabulary/identity-text.ts";

/** An identity by those of its fields that are known. */
export type NamedIdentity = { readonly [K in keyof IdentityReference]?: IdentityReference[K] | undefined };

const exactFields = ["authId", "uid", "gid"] as const;

/** Whether two ways to name an identity mean the same one, as far as they speak of the same things. */
export function isSameIdentity(left: NamedIdentity, right: NamedIdentity): boolean {
  if (left.domain !== undefined && right.domain !== undefined && left.domain !== right.domain) return false;
  const compared = [
    ...exactFields.map((field) => compare(left[field], right[field], Object.is)),
    compare(left.name, right.name, isSameMemberName),
    compare(left.sid, right.sid, isSameSid),
  ];
  return compared.includes("same") && !compared.includes("other");
}

function compare<T>(
  left: T | undefined,
  right: T | undefined,
  isSame: (left: T, right: T) => boolean,
): "same" | "other" | "untold" {
  if (left === undefined || right === undefined) return "untold";
  return isSame(left, right) ? "same" : "other";
}

/**
 * Whether two names can mean the same identity: case does not count, and a name with its directory (`AD\jane`,
 * `jane@example.com`) is the same as the bare name that the cluster answers.
 */
export function isSameMemberName(left: string, right: string): boolean {
  const [first, second] = [left.toLowerCase(), right.toLowerCase()];
  return first === second || bareName(first) === second || first === bareName(second);
}

/** Whether two SIDs are the same: case does not count. */
export function isSameSid(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** A name without the directory that is written before or behind it. */
export function bareName(name: string): string {
  return name.slice(name.indexOf("\\") + 1).replace(/@.*$/, "");
}
