import { createHash, randomBytes } from "node:crypto";
import { Secret } from "../../../vocabulary/secret.ts";
import { type Instant, splitInstant } from "../instants.ts";

/**
 * How the bearer token of an access token begins.
 *
 * @see Qumulo docs, access tokens guide
 */
export const accessTokenPrefix = "access-v1:";

const sizeBytes = 64;
const version = 1;

/** A new access token's id and its secret. */
export interface MintedToken {
  /** Decimal digits: `auth_id · 2^64 + a random number of 64 bits`. */
  readonly id: string;
  readonly bearerToken: Secret;
}

/**
 * Makes the secret of an access token, and the id that belongs to it.
 *
 * @param authId - of the user whom the token authenticates; that it is not the creator's is assumed
 * @see inferred from the sample in Qumulo's early access tokens guide: 32 random bytes, then in little endian a version
 * (32 bit), the auth_id (64), the lower half of the token's id (64), seconds (64) and nanoseconds (32) since 1970
 */
export function mintToken(authId: string, createdAt: Instant): MintedToken {
  const bytes = Buffer.alloc(sizeBytes);
  randomBytes(32).copy(bytes, 0);
  bytes.writeUInt32LE(version, 32);
  bytes.writeBigUInt64LE(BigInt(authId), 36);
  randomBytes(8).copy(bytes, 44);
  const { seconds, nanoseconds } = splitInstant(createdAt);
  bytes.writeBigInt64LE(seconds, 52);
  bytes.writeUInt32LE(Number(nanoseconds), 60);
  return { id: idIn(bytes), bearerToken: new Secret(accessTokenPrefix + bytes.toString("base64")) };
}

/** The id of the access token that a bearer token claims to be, or `undefined` when it is malformed. */
export function findTokenId(bearerToken: Secret): string | undefined {
  const text = bearerToken.reveal();
  if (!text.startsWith(accessTokenPrefix)) return undefined;
  const bytes = Buffer.from(text.slice(accessTokenPrefix.length), "base64");
  return bytes.length === sizeBytes ? idIn(bytes) : undefined;
}

/** What the store keeps of a bearer token: enough to know it again, too little to use it. */
export function digestOf(bearerToken: Secret): string {
  return createHash("sha256").update(bearerToken.reveal()).digest("hex");
}

function idIn(bytes: Buffer): string {
  return ((bytes.readBigUInt64LE(36) << 64n) + bytes.readBigUInt64LE(44)).toString();
}
