import { describe, expect, test } from "@jest/globals";

import { toJsonSchema } from "@valibot/to-json-schema";
import * as v from "valibot";
import { fc } from "../support/search.ts";
import { recordOf } from "../../src/vocabulary/record-schema.ts";

const inherited = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];
const names = fc.oneof(fc.constantFrom(...inherited), fc.string({ unit: "binary" }));

describe("a record whose names somebody else chose", () => {
  test("keeps every own name, and nothing else", () => {
    const entries = fc.uniqueArray(fc.tuple(names, fc.nat()), { selector: ([name]) => name });

    fc.assert(
      fc.property(entries, (given) => {
        const json: unknown = JSON.parse(JSON.stringify(Object.fromEntries(given)));

        const parsed = v.parse(recordOf(v.number()), json);

        expect(new Map(Object.entries(parsed))).toEqual(new Map(given));
      }),
    );
  });

  test.each(inherited)("finds no %s that is not there", (name) => {
    const parsed = v.parse(recordOf(v.unknown()), {});

    expect(parsed[name]).toBeUndefined();
    expect(name in parsed).toBe(false);
  });

  test.each(inherited)("says where a value of %s is not of the form", (name) => {
    const json: unknown = JSON.parse(`{"good":{"a":1},"${name}":{"a":"text"}}`);

    const parsed = v.safeParse(recordOf(v.object({ a: v.number() })), json);

    expect(parsed.success).toBe(false);
    expect(parsed.issues?.map((issue) => v.getDotPath(issue))).toEqual([`${name}.a`]);
  });

  test("values are transformed, also through nested records", () => {
    const schema = recordOf(v.pipe(recordOf(v.string()), v.transform(Object.keys)));

    expect(Object.entries(v.parse(schema, JSON.parse('{"constructor":{"__proto__":"x"}}')))).toEqual([
      ["constructor", ["__proto__"]],
    ]);
  });

  test.each([[null], ["text"], [3], [undefined]])("%p is not such a record", (value) => {
    expect(v.is(recordOf(v.unknown()), value)).toBe(false);
  });

  test("is described as JSON Schema like any record", () => {
    expect(toJsonSchema(recordOf(v.number()))).toMatchObject({
      type: "object",
      additionalProperties: { type: "number" },
    });
  });
});
