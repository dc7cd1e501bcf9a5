import { expect, test } from "@jest/globals";
import { jsonLine, shown } from "../../src/vocabulary/shown-text.ts";
import { fc } from "../support/search.ts";

const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

test("what cannot be seen is written as its code point", () => {
  expect(shown("a\u001b]0;x\u0007\r\n::error::\u202eb\u009b1m\ud800")).toBe(
    "a<U+001B>]0;x<U+0007><U+000D><U+000A>::error::<U+202E>b<U+009B>1m<U+D800>",
  );
});

test("a text that is too long is cut, and it is said how much is missing", () => {
  expect(shown("abcdef", 4)).toBe("abcd… and 2 more characters");
  expect(shown("abcd", 4)).toBe("abcd");
});

test("no text for people and no line of JSON holds a character that cannot be seen, and JSON reads back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom("", "\u{e0001}", "\u2028\u001b"), (text, more) => {
      const line = jsonLine({ text: text + more });

      expect(shown(text + more)).not.toMatch(unseen);
      expect(line.slice(0, -1)).not.toMatch(unseen);
      expect(JSON.parse(line)).toEqual({ text: text + more });
    }),
  );
});
