import { expect, test } from "@jest/globals";
import { redactor } from "../../../src/cli/deliver/redactor.ts";
import { secretFinder } from "../../../src/vocabulary/redaction.ts";
import { fc } from "../../support/search.ts";

function printed(pieces: readonly (Buffer | string)[]): string {
  const texts: string[] = [];
  const { write, end } = redactor(secretFinder(["access-v1:a+b/c"]), (text) => texts.push(text));
  for (const piece of pieces) write(Buffer.from(piece));
  end();
  return texts.join("");
}

test.each([
  ["in one piece", ["token: access-v1:a+b/c.\n"], "token: [redacted].\n"],
  ["cut in two", ["token: access-", "v1:a+b/c.\n"], "token: [redacted].\n"],
  ["cut at every character", Array.from("<access-v1:a+b/c>"), "<[redacted]>"],
  ["percent-encoded", ["?token=access-v1%3Aa%2Bb%2Fc"], "?token=[redacted]"],
  ["in base64, cut", ["YWNjZXNzLXYx", "OmErYi9j\n"], "[redacted]\n"],
  ["in two lines", ["access-v1:a+b/c\naccess-v1:a+b/c"], "[redacted]\n[redacted]"],
])("a secret %s is passed on as [redacted]", (_case, pieces, expected) => {
  expect(printed(pieces)).toBe(expected);
});

test("what is not secret is passed on as it is, also when a piece ends within a character", () => {
  const text = Buffer.from("Größe: access-v1:\n");
  const middle = text.indexOf("ö") + 1;

  expect(printed([text.subarray(0, middle), text.subarray(middle)])).toBe(text.toString());
});

test("secrets are found however they come in pieces, and next to nothing waits for more", () => {
  const secrets = ["access-v1:a+b/c", "hunter2-and-more"];
  const words = fc.constantFrom("access-", "-v1:", "hunter", "\n", " ", "word", ...secrets);
  const texts = fc.array(words, { maxLength: 20 }).map((parts) => parts.join(""));

  fc.assert(
    fc.property(texts, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (text, lengths) => {
      const passed: string[] = [];
      const { write, end } = redactor(secretFinder(secrets), (part) => passed.push(part));
      for (let done = 0; done < text.length;) {
        const length = lengths[done % lengths.length] ?? 1;
        write(Buffer.from(text.slice(done, done + length)));
        done += length;
      }
      end();

      const all = passed.join("");
      for (const secret of secrets) expect(all.replaceAll(/\s/g, "")).not.toContain(secret);
      expect(all.replaceAll(/\s|\[redacted\]/g, "").length).toBeLessThanOrEqual(text.length);
    }),
  );
});

test("a line without an end is passed on as it comes", () => {
  const passed: string[] = [];
  const { write } = redactor(secretFinder(["access-v1:a+b/c"]), (part) => passed.push(part));

  for (let count = 0; count < 100; count += 1) write(Buffer.from(`access-v1${" ".repeat(1_000)}`));

  expect(passed.join("").length).toBeGreaterThan(90_000);
});
