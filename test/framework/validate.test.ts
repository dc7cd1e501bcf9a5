import { expect, test } from "@jest/globals";
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
