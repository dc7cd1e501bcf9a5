import { expect, test } from "@jest/globals";

import { isId, isTokenId } from "../../src/provider/attribute/id.ts";

test.each(["0", "513", "18446744073709551615"])("%s is an id of an account", (text) => {
  expect(isId(text)).toBe(true);
});

test.each(["", "007", "-1", "18446744073709551616", "1000000000000000000000", "svc-backup", "1\n"])(
  "%j is not an id of an account",
  (text) => {
    expect(isId(text)).toBe(false);
  },
);

test("the id of an access token has more digits than that of an account", () => {
  expect(isTokenId("9".repeat(40))).toBe(true);
  expect(isTokenId("9".repeat(41))).toBe(false);
  expect(isTokenId("access-v1:abc")).toBe(false);
});
