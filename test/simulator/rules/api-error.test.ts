import { expect, test } from "@jest/globals";
import { ApiError, refusals } from "../../../src/simulator/rules/api-error.ts";

test.each(Object.entries(refusals))("%s has a status, a class, a sentence and a source", (_name, refusal) => {
  expect(refusal.status).toBeGreaterThanOrEqual(400);
  expect(refusal.errorClass).toMatch(/^[a-z0-9_]+_error$/);
  expect(refusal.description).not.toBe("");
  expect(refusal.module).toMatch(/^\//);
  expect(refusal.source).not.toBe("");
});

test("a refusal says its own sentence, or the catalogue's", () => {
  expect(new ApiError("notFound").message).toBe(refusals.notFound.description);
  expect(new ApiError("notFound", "There is no role x")).toMatchObject({
    message: "There is no role x",
    status: 404,
    errorClass: "http_not_found_error",
  });
});
