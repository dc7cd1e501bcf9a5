import { expect, test } from "@jest/globals";
import { crashText } from "../../src/plugin/crash-text.ts";

test("a crash names the kind of error and where it happened, and not what it says", () => {
  const error = Object.assign(new TypeError("pass-word\n    at pass-word (file.js:1:2)"), { code: "ERR_SOMETHING" });

  const text = crashText("some-program", error);

  expect(text).toMatch(
    /^some-program met an unexpected error: TypeError ERR_SOMETHING at crash-text\.test\.ts:\d+:\d+/,
  );
  expect(text).not.toContain("pass-word");
  expect(text).not.toContain("file.js");
  expect(text).not.toContain("\n");
});

test("what is not an error is named by its type alone", () => {
  expect(crashText("some-program", "pass-word")).toContain(
    "met an unexpected error: something of the type string was thrown.",
  );
  expect(crashText("some-program", undefined)).toContain(
    "met an unexpected error: something of the type undefined was thrown.",
  );
});
