import { expect, test } from "@jest/globals";
import { digestOf, findTokenId, mintToken } from "../../../../src/simulator/rules/access/bearer-tokens.ts";
import { parseInstant } from "../../../../src/simulator/rules/instants.ts";
import { Secret } from "../../../../src/vocabulary/secret.ts";

const createdAt = parseInstant("2026-03-02T08:15:42.108774531Z") ?? 0n;

test("the secret holds version, user, half of the id and the time of creation in 64 bytes", () => {
  const { id, bearerToken } = mintToken("1031", createdAt);
  const text = bearerToken.reveal();
  const bytes = Buffer.from(text.slice("access-v1:".length), "base64");

  expect(text).toMatch(/^access-v1:[A-Za-z0-9+/]{86}==$/);
  expect(bytes.readUInt32LE(32)).toBe(1);
  expect(bytes.readBigUInt64LE(36)).toBe(1031n);
  expect(BigInt(id)).toBe(1031n * 2n ** 64n + bytes.readBigUInt64LE(44));
  expect(bytes.readBigUInt64LE(52)).toBe(BigInt(Date.parse("2026-03-02T08:15:42Z") / 1_000));
  expect(bytes.readUInt32LE(60)).toBe(108_774_531);
});

test("ids have 22 or 23 digits and lie beyond 64 bits", () => {
  const { id } = mintToken("500", createdAt);

  expect(id).toMatch(/^\d{22,23}$/);
  expect(BigInt(id)).toBeGreaterThan(2n ** 64n);
});

test("two secrets for one user at one moment differ", () => {
  const [first, second] = [mintToken("1000", createdAt), mintToken("1000", createdAt)];

  expect(first.id).not.toBe(second.id);
  expect(digestOf(first.bearerToken)).not.toBe(digestOf(second.bearerToken));
});

test("the id is read back from the secret", () => {
  const { id, bearerToken } = mintToken("12884906889", createdAt);

  expect(findTokenId(bearerToken)).toBe(id);
});

test.each(["access-v1:", "access-v1:AAAA", "session-v1:AAAA", "access-v1:é", ""])("%p holds no id", (text) => {
  expect(findTokenId(new Secret(text))).toBeUndefined();
});
