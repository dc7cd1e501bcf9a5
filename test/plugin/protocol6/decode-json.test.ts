import { expect, test } from "@jest/globals";
import type { TerraformType } from "../../../src/framework/terraform-type.ts";
import { nullValue } from "../../../src/framework/value.ts";
import { decodeJson } from "../../../src/plugin/protocol6/decode-json.ts";
import { mapOfValues, setOfValues, value } from "../../support/provider/values.ts";

const text: TerraformType = { kind: "string" };
const thing: TerraformType = {
  kind: "object",
  attributes: {
    name: text,
    size: { kind: "number" },
    tags: { kind: "set", element: text },
    labels: { kind: "map", element: { kind: "bool" } },
    anything: { kind: "dynamic" },
    pair: { kind: "tuple", elements: [text, { kind: "number" }] },
  },
};

function json(content: string): Uint8Array {
  return Buffer.from(content);
}

test("an object is read by its schema, and what is not there is null", () => {
  const sent = '{"name":"e\u0301 \\"1\\"","tags":["a"],"labels":{"on":true},"pair":["x",2]}';

  const received = decodeJson(json(sent), thing);

  const expected = { size: null, tags: setOfValues("a"), labels: mapOfValues({ on: true }), anything: null };
  expect(received).toEqual({
    kind: "object",
    entries: new Map([
      ["name", value('\u00e9 "1"')],
      ...["size", "tags", "labels", "anything"].map(
        (name) => [name, value(expected[name as keyof typeof expected])] as const,
      ),
      ["pair", { kind: "tuple", elements: [value("x"), value(2)] }],
    ]),
  });
});

test.each([
  ["9007199254740993", "9007199254740993"],
  ["12345678901234567890123", "12345678901234567890123"],
  ["-0.1", "-0.1"],
  ["1e3", "1000"],
  ['"0.30"', "0.3"],
])("the number %s keeps every digit", (sent, expected) => {
  expect(decodeJson(json(sent), { kind: "number" })).toEqual({ kind: "number", value: expected });
});

test("digits inside text stay text", () => {
  expect(decodeJson(json('"a 1, \\"2\\" {3}"'), text)).toEqual(value('a 1, "2" {3}'));
});

test("a value of any type comes with its type", () => {
  const received = decodeJson(json('{"type":["list","number"],"value":[1]}'), { kind: "dynamic" });

  expect(received).toEqual({ kind: "dynamic", type: { kind: "list", element: { kind: "number" } }, value: value([1]) });
});

test("null is null for every type", () => {
  expect(decodeJson(json("null"), thing)).toEqual(nullValue);
});

test.each([
  ["broken JSON", "{", text],
  ["a number that is none", "1.2.3", { kind: "number" }],
  ["an attribute the schema does not have", '{"color":"red"}', thing],
  ["text for an object", '"x"', thing],
  ["an object for a list", "{}", { kind: "list", element: text }],
  ["text for a truth value", '"true"', { kind: "bool" }],
  ["a tuple of another length", '["x"]', { kind: "tuple", elements: [text, text] }],
] as const)("%s is refused", (_what, sent, type) => {
  expect(() => decodeJson(json(sent), type)).toThrow(expect.objectContaining({ name: "WireFormatError" }));
});
