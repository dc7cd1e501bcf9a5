import type { Secret } from "../vocabulary/secret.ts";

/** How the bearer token of an access token begins. */
export const accessTokenPrefix = "access-v1:";
const sizeBytes = 64;
/** Where the user's auth_id and the lower half of the access token's id stand, each in 64 bits, little endian. */
const [authIdAt, lowerHalfAt] = [36, 44];

/**
 * The id of the access token that a bearer token says it is of, or `undefined` when it is that of a session, or is written
 * in an unknown way.
 *
 * Nothing promises this form: it serves to recognize its own access token where the cluster does not tell which one is in
 * use (before Qumulo Core 7.2).
 *
 * @see the sample in Qumulo's early access tokens guide
 */
export function claimedTokenId(bearerToken: Secret): string | undefined {
  const text = bearerToken.reveal();
  if (!text.startsWith(accessTokenPrefix)) return undefined;
  const bytes = Buffer.from(text.slice(accessTokenPrefix.length), "base64");
  if (bytes.length !== sizeBytes) return undefined;
  return ((bytes.readBigUInt64LE(authIdAt) << 64n) + bytes.readBigUInt64LE(lowerHalfAt)).toString();
}
