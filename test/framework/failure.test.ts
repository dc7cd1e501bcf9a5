import { expect, test } from "@jest/globals";
import { DiagnosticError, Diagnostics } from "../../src/framework/diagnostics.ts";
import { reportFailure } from "../../src/framework/failure.ts";
import { hostileText } from "../hostile/hostile-values.ts";
import { fc } from "../support/search.ts";

function reported(error: unknown): string {
  const diagnostics = new Diagnostics();
  reportFailure(diagnostics, error, "qumulo_role could not be read");
  expect(diagnostics.all).toMatchObject([{ severity: "error", summary: "qumulo_role could not be read" }]);
  return diagnostics.all[0]?.detail ?? "";
}

/** An error whose message is another one than at the head of its stack. */
function changedAfterwards(message: string): Error {
  const error = new Error(message);
  expect(error.stack).toContain(message);
  error.message = "changed afterwards";
  return error;
}

test("of an error that nobody expected, its kind and its place are told", () => {
  const detail = reported(Object.assign(new TypeError("undefined is not iterable"), { code: "ERR_SOMETHING" }));

  expect(detail).toMatch(/met an unexpected error: TypeError ERR_SOMETHING at failure\.test\.ts:\d+:\d+/);
  expect(detail).toContain("Please report this to its developers");
});

test("whatever such an error says of values, names or itself, none of it is told, and it is one short line", () => {
  const secret = "access-v1:CanaryCanaryCanary==";

  fc.assert(
    fc.property(hostileText, hostileText, (before, after) => {
      const text = `${before}${secret}${after}`;
      const errors = [
        new Error(text),
        Object.assign(new RangeError(text), { name: text, code: text }),
        new Error(`x\n    at ${text} (/x/${text}:1:2)`),
        changedAfterwards(`x\n    at x (/x/${secret}:1:2)\n    at x (/x/Canary.js:1:2)`),
        text,
      ];

      for (const detail of errors.map(reported)) {
        expect(detail).not.toContain("Canary");
        expect(detail).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
        expect(detail.length).toBeLessThan(500);
      }
    }),
  );
});

test("a failure that knows how to say what it is says it in its own words", () => {
  const diagnostics = new Diagnostics();
  const error = new DiagnosticError({ summary: "Role is gone", detail: "Plan again.", attribute: ["name"] });

  reportFailure(diagnostics, error, "qumulo_role could not be read");

  expect(diagnostics.all).toEqual([
    { severity: "error", summary: "Role is gone", detail: "Plan again.", attribute: ["name"] },
  ]);
});
