import { describe, expect, test } from "@jest/globals";
import type { Value } from "../../src/framework/value.ts";
import { book, givenBookShop } from "../support/provider/shelf-server.ts";
import { Finished, undecided } from "../support/provider/values.ts";

async function validate(config: Value, writeOnlyAttributesAllowed = true) {
  const { server } = await givenBookShop();
  const capabilities = { writeOnlyAttributesAllowed };
  const { diagnostics } = await server.validateResource({ typeName: "shelf_book", config, capabilities });
  return diagnostics;
}

test("a bad value is reported at its attribute, a good one and an unknown one are not", async () => {
  expect(await validate(book({ title: "" }))).toEqual([
    { severity: "error", summary: "Empty title", detail: "Give the book a title.", attribute: ["title"] },
  ]);
  expect(await validate(book({ title: "Emma" }))).toEqual([]);
  expect(await validate(book({ title: undecided }))).toEqual([]);
});

test("a write-only value is refused by name on engines that would store it", async () => {
  const config = book({ title: "Emma", secret: "hush" });

  expect(await validate(config, true)).toEqual([]);
  const [refused] = await validate(config, false);
  expect(refused).toMatchObject({ severity: "error", attribute: ["secret"] });
  expect(refused?.detail).toContain("Terraform 1.11");
  expect(refused?.detail).not.toContain("hush");
  expect(await validate(book({ title: "Emma" }), false)).toEqual([]);
});

test("a number beyond what JavaScript holds is refused at its attribute instead of rounded", async () => {
  const copies = (value: string) => new Finished({ kind: "number", value });

  expect(await validate(book({ title: "Emma", copies: copies("9007199254740991") }))).toEqual([]);
  const [refused] = await validate(book({ title: "Emma", copies: copies("9007199254740993") }));
  expect(refused).toMatchObject({ summary: "Number out of range", attribute: ["copies"] });
});

describe("what refers to another object", () => {
  const refused = { severity: "error", summary: "Not an ISBN", attribute: ["isbn"] };

  test.each(["a1b2c3d4", "kBmlnFRFsyJ9O", "book_id:a1b2"])(
    "is not judged while validating where a mocked provider may have made it up: %s",
    async (isbn) => {
      expect(await validate(book({ title: "Emma", isbn }))).toEqual([]);
    },
  );

  test.each(["abc", "12345678", "a1b2c3d4e5f6a7b8c", "a1b2-c3d4", "isbn:a1b2", ""])(
    "is judged where it cannot be made up: %s",
    async (isbn) => {
      expect(await validate(book({ title: "Emma", isbn }))).toMatchObject([refused]);
    },
  );

  test("is judged in the plan, whatever it is", async () => {
    const { plan } = await givenBookShop();

    for (const isbn of ["a1b2c3d4", "abc"]) {
      const { diagnostics } = await plan(book({ title: "Emma", isbn }));
      expect(diagnostics).toMatchObject([refused]);
    }
    expect((await plan(book({ title: "Emma", isbn: "978-1" }))).diagnostics).toEqual([]);
  });
});
