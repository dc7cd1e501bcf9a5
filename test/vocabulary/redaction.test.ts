import { describe, expect, test } from "@jest/globals";
import { secretFinder, withoutUrlSecrets } from "../../src/vocabulary/redaction.ts";
import { fc } from "../support/search.ts";

const token = "access-v1:Abc+/123Xyz789==";
const password = 'S3cret/"pass+wörd\\9';
const { redact } = secretFinder([token, password, "ab"]);

const spellings: readonly (readonly [string, (secret: string) => string])[] = [
  ["as it is", (secret) => secret],
  ["in JSON", (secret) => JSON.stringify({ secret })],
  ["in JSON within JSON", (secret) => JSON.stringify(JSON.stringify({ secret }))],
  ["in JSON of ASCII alone", (secret) => JSON.stringify(secret).replaceAll("ö", "\\u00f6").replaceAll("/", "\\/")],
  ["in a URL", (secret) => encodeURIComponent(secret)],
  ["in a form", (secret) => new URLSearchParams({ secret }).toString()],
  ["in HTML", (secret) => secret.replaceAll("&", "&amp;").replaceAll('"', "&quot;")],
  ["in base64", (secret) => Buffer.from(secret).toString("base64")],
  ["in base64url", (secret) => Buffer.from(secret).toString("base64url")],
  ["in base64 after one byte", (secret) => Buffer.from(`:${secret}`).toString("base64")],
  ["in base64 as of Basic", (secret) => `Basic ${Buffer.from(`user:${secret}`).toString("base64")}`],
  ["in base64 with an end", (secret) => Buffer.from(`admin:${secret}:x`).toString("base64")],
  ["in base64 of lines", (secret) => Buffer.from(secret).toString("base64").replaceAll(/.{8}/g, "$&\n")],
  ["in hexadecimal", (secret) => Buffer.from(secret).toString("hex")],
  ["in upper-case hexadecimal", (secret) => Buffer.from(secret).toString("hex").toUpperCase()],
  ["in lower case", (secret) => secret.toLowerCase()],
  ["folded", (secret) => `${secret.slice(0, 7)}\r\n  ${secret.slice(7)}`],
  ["cut at the end", (secret) => secret.slice(0, 13)],
  ["cut at the beginning", (secret) => secret.slice(4)],
];

describe.each(spellings)("a secret %s", (_case, spell) => {
  test.each([token, password])("is redacted: %s", (secret) => {
    const text = `<< ${spell(secret)} >>`;

    const safe = redact(text);

    expect(safe).toContain("[redacted]");
    expect(safe).toMatch(/^<< .* >>$/s);
    // Nothing of it is left that is long enough to tell something.
    const plain = spell(secret).replaceAll(/\s/g, "");
    for (let start = 0; start + 12 <= plain.length; start += 1) {
      const piece = plain.slice(start, start + 12);
      if (!piece.includes("secret")) expect(safe).not.toContain(piece);
    }
  });
});

test("other texts stay as they are", () => {
  const { redact: redactOne } = secretFinder([token]);

  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(redactOne(text)).toBe(text);
    }),
  );
  expect(redactOne("an access-v1: token, abc/123xyz, ab")).toBe("an access-v1: token, abc/123xyz, ab");
});

test("secrets of a few characters are redacted whole, and shorter ones are left", () => {
  expect(secretFinder(["hunter2", "abc"]).redact("hunter2 hunter abc")).toBe("[redacted] hunter abc");
});

test("whatever is around and between, every secret is found", () => {
  const around = fc.string({ maxLength: 20 });

  fc.assert(
    fc.property(around, fc.constantFrom(token, password), around, (before, secret, after) => {
      expect(redact(before + secret + after)).not.toContain(secret);
    }),
  );
});

test.each([
  ["a https://jane:pw@host.example.com:8/x b", "a https://host.example.com:8/x b"],
  ["https://jane:p/w@x@host/x?token=abc#d", "https://host/x?[redacted]"],
  ["https://host/x", "https://host/x"],
  ["jane@example.com and a:b", "jane@example.com and a:b"],
])("the URLs in %s are shown without what may be secret", (text, safe) => {
  expect(withoutUrlSecrets(text)).toBe(safe);
});
