import { expect, test } from "@jest/globals";
import { redactor } from "../../src/bin/redactor.ts";
import { Secret } from "../../src/vocabulary/secret.ts";

function printed(pieces: readonly (Buffer | string)[]): string {
  const texts: string[] = [];
  const { write, end } = redactor(new Secret("access-v1:a+b/c"), (text) => texts.push(text));
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

test("what is no secret is passed on as it is, also when a piece ends within a character", () => {
  const text = Buffer.from("Größe: access-v1:a+b\n");
  const middle = text.indexOf("ö") + 1;

  expect(printed([text.subarray(0, middle), text.subarray(middle)])).toBe(text.toString());
});
