import { expect, test } from "@jest/globals";
import { parseFingerprint } from "../../src/vocabulary/fingerprint.ts";

const bytes = Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, "0"));
const shown = bytes.join(":").toUpperCase();

test.each([
  bytes.join(""),
  bytes.join("").toUpperCase(),
  bytes.join(":"),
  ` ${shown}\n`,
  `sha256 Fingerprint=${shown}\n`,
  `SHA256 Fingerprint=${shown}`,
])("%j is a fingerprint", (text) => {
  expect(parseFingerprint(text)).toBe(shown);
});

test.each([
  "",
  bytes.slice(1).join(""),
  `${bytes.join("")}00`,
  bytes.join("-"),
  `${bytes.slice(1).join(":")}:zz`,
  `SHA1 Fingerprint=${shown}`,
  `sha256 Fingerprint=sha256 Fingerprint=${shown}`,
])("%j is none", (text) => {
  expect(parseFingerprint(text)).toBeUndefined();
});
