import { createHash } from "node:crypto";
import { ApiError } from "./api-error.ts";

/**
 * The ETag of an object: quoted, short, opaque, and different after every change.
 *
 * @see Qumulo SDK 7.10.2.1 readme for the look; when it changes is assumed
 */
export function etagOf(revision: number): string {
  return `"${createHash("sha256").update(`revision ${revision}`).digest("base64url").slice(0, 8)}"`;
}

/**
 * Refuses a write if the object is no longer in the version that the sender has read.
 *
 * @param ifMatch - the header as it came; without it, any version is accepted
 * @throws {ApiError} 412 when the present version is none of those named
 * @see OpenAPI 7.8.2, header If-Match
 */
export function requireMatch(ifMatch: string | undefined, revision: number): void {
  if (ifMatch === undefined) return;
  const named = ifMatch.split(",").map((part) => part.trim());
  if (named.includes("*") || named.includes(etagOf(revision))) return;
  throw new ApiError("preconditionFailed", `If-Match names ${ifMatch}; the present version is ${etagOf(revision)}`);
}
