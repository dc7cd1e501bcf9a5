import { expect, test } from "@jest/globals";
import type { TerraformType } from "../../../src/framework/terraform-type.ts";
import { decodeType, encodeType } from "../../../src/plugin/protocol6/terraform-type-json.ts";
import { arbitraryType } from "../../support/provider/arbitrary-values.ts";
import { fc } from "../../support/search.ts";

const cases: readonly (readonly [string, TerraformType])[] = [
  ['"string"', { kind: "string" }],
  ['"number"', { kind: "number" }],
  ['"bool"', { kind: "bool" }],
  ['"dynamic"', { kind: "dynamic" }],
  ['["list","string"]', { kind: "list", element: { kind: "string" } }],
  ['["set",["map","bool"]]', { kind: "set", element: { kind: "map", element: { kind: "bool" } } }],
  ['["tuple",["string","number"]]', { kind: "tuple", elements: [{ kind: "string" }, { kind: "number" }] }],
  [
    '["object",{"a":"string","b":"bool"}]',
    { kind: "object", attributes: { b: { kind: "bool" }, a: { kind: "string" } } },
  ],
];

test.each(cases)("the type %s is written and read as engines do", (json, type) => {
  expect(Buffer.from(encodeType(type)).toString()).toBe(json);
  expect(decodeType(Buffer.from(json))).toEqual(type);
});

test("every type comes back as it was sent", () => {
  fc.assert(
    fc.property(arbitraryType, (type) => {
      expect(decodeType(encodeType(type))).toEqual(type);
    }),
  );
});

test("optional attributes of an object type are read past", () => {
  expect(decodeType(Buffer.from('["object",{"a":"string"},["a"]]'))).toEqual({
    kind: "object",
    attributes: { a: { kind: "string" } },
  });
});

test.each(['"text"', '["list"]', '["object",null]', '["tuple","string"]', "null", "{", "[]"])(
  "%s is not a type",
  (json) => {
    expect(() => decodeType(Buffer.from(json))).toThrow(expect.objectContaining({ name: "WireFormatError" }));
  },
);
