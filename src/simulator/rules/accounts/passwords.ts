import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";
import type { Secret } from "../../../vocabulary/secret.ts";
import { ApiError } from "../api-error.ts";

const shortest = 8;
const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];
const neededClasses = 3;

/** The key derivation pads short passwords with this character, so a password that ends with it would equal another one. */
const nul = "\0";

// Low on purpose: it keeps passwords out of a store's file, and thousands of accounts are made in a test.
const scryptCost = { N: 256 };

/**
 * Refuses a password that is too short or too simple.
 *
 * @throws {ApiError} 400, without the password
 * @see cosi-driver-qumulo on 7.9.2.2 for the three classes; the length, and that it holds no NUL, are assumed
 */
export function requireStrongPassword(password: Secret): void {
  const text = password.reveal();
  if (Array.from(text).length < shortest) {
    throw new ApiError("weakPassword", `A password has at least ${shortest} characters`);
  }
  if (text.includes(nul)) throw new ApiError("weakPassword", "A password holds no NUL character");
  if (classes.filter((pattern) => pattern.test(text)).length < neededClasses) {
    throw new ApiError(
      "weakPassword",
      `A password mixes at least ${neededClasses} of: lower case letters, upper case letters, digits, other characters`,
    );
  }
}

/** Salt and hash of a password, for the store. */
export function hashPassword(password: Secret): string {
  const salt = randomBytes(16);
  return `${salt.toString("base64")}:${derive(password, salt).toString("base64")}`;
}

/** The hash of a user without a password: no password matches it. */
export const noPassword = "";

/** Whether a text is a hash that {@link hashPassword} could have written, or {@link noPassword}. */
export function isPasswordHash(text: string): boolean {
  return text === noPassword || /^[A-Za-z0-9+/]{22}==:[A-Za-z0-9+/]{43}=$/.test(text);
}

/** Whether this is the password that was hashed. */
export function isPassword(password: Secret, hash: string): boolean {
  if (password.reveal().includes(nul)) return false;
  const [salt, expected] = hash.split(":").map((part) => Buffer.from(part, "base64"));
  if (salt === undefined || expected === undefined) return false;
  const actual = derive(password, salt);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

function derive(password: Secret, salt: Buffer): Buffer {
  return scryptSync(password.reveal(), salt, 32, scryptCost);
}
