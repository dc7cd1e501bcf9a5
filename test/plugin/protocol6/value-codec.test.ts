import { expect, test } from "@jest/globals";
import { decode as decodeIndependently, ExtensionCodec } from "@msgpack/msgpack";
import { canonicalNumber } from "../../../src/framework/number-text.ts";
import type { TerraformType } from "../../../src/framework/terraform-type.ts";
import { equalValues, nullValue, unknownValue, type Value } from "../../../src/framework/value.ts";
import { decodeMessagePack } from "../../../src/plugin/protocol6/decode-message-pack.ts";
import { encodeMessagePack } from "../../../src/plugin/protocol6/encode-message-pack.ts";
import { arbitraryNumber, arbitraryTypedValue, type TypedValue } from "../../support/provider/arbitrary-values.ts";
import { mapOfValues, setOfValues, undecided, value } from "../../support/provider/values.ts";
import { fc } from "../../support/search.ts";

const text: TerraformType = { kind: "string" };
const number: TerraformType = { kind: "number" };
const dynamic: TerraformType = { kind: "dynamic" };

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

function bytes(...parts: readonly (string | number)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.of(part))));
}

function numberOf(decimal: string): Value {
  return { kind: "number", value: decimal };
}

test("every value of every type comes back as it was sent", () => {
  fc.assert(
    fc.property(arbitraryTypedValue, ({ type, value: sent }) => {
      const received = decodeMessagePack(encodeMessagePack(sent, type), type);

      return equalValues(received, sent);
    }),
    { numRuns: 500 },
  );
});

test("what is written is MessagePack to another reader as well", () => {
  const extensionCodec = new ExtensionCodec();
  extensionCodec.register({ type: 0, encode: () => null, decode: () => "unknown" });

  fc.assert(
    fc.property(arbitraryTypedValue, ({ type, value: sent }) => {
      const written = encodeMessagePack(sent, type);

      return decodeIndependently(written, { extensionCodec, useBigInt64: true }) !== undefined;
    }),
    { numRuns: 300 },
  );
});

test("every number keeps every digit", () => {
  fc.assert(
    fc.property(arbitraryNumber, (decimal) => {
      expect(decodeMessagePack(encodeMessagePack(numberOf(decimal), number), number)).toEqual(numberOf(decimal));
    }),
    { numRuns: 500 },
  );
});

test("a float goes back as the very same float", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (float) => {
      const sent = Buffer.alloc(9, 0xcb);
      sent.writeDoubleBE(float, 1);

      const received = decodeMessagePack(sent, number);

      expect(decodeMessagePack(encodeMessagePack(received, number), number)).toEqual(received);
      expect(received.kind === "number" && Number(received.value)).toBe(float === 0 ? 0 : float);
    }),
  );
});

test.each([
  ["0", "00"],
  ["127", "7f"],
  ["128", "cc80"],
  ["255", "ccff"],
  ["256", "cd0100"],
  ["65535", "cdffff"],
  ["65536", "ce00010000"],
  ["4294967295", "ceffffffff"],
  ["4294967296", "cf0000000100000000"],
  ["9007199254740993", "cf0020000000000001"],
  ["9223372036854775807", "cf7fffffffffffffff"],
  ["-1", "ff"],
  ["-32", "e0"],
  ["-33", "d0df"],
  ["-128", "d080"],
  ["-129", "d1ff7f"],
  ["-32768", "d18000"],
  ["-32769", "d2ffff7fff"],
  ["-2147483648", "d280000000"],
  ["-2147483649", "d3ffffffff7fffffff"],
  ["-9223372036854775808", "d38000000000000000"],
  ["0.5", "cb3fe0000000000000"],
  ["0.1", "a3302e31"],
  ["9223372036854775808", "b339323233333732303336383534373735383038"],
])("the number %s is written as %s", (decimal, expected) => {
  expect(hex(encodeMessagePack(numberOf(decimal), number))).toBe(expected);
});

test.each([
  ["the largest unsigned integer", "cfffffffffffffffff", "18446744073709551615"],
  ["decimal text, as the engine sends 0.1", "a3302e31", "0.1"],
  ["decimal text with an exponent", "a531652b3330", canonicalNumber("1e30")],
  ["a float of four bytes", "ca3fc00000", "1.5"],
  ["a whole number as a float", "cb4008000000000000", "3"],
])("%s is read without loss", (_what, sent, expected) => {
  expect(decodeMessagePack(Buffer.from(sent, "hex"), number)).toEqual(numberOf(expected));
});

test.each([
  ["text that is not a number", bytes(0xa3, "abc")],
  ["an infinite float", Buffer.from("cb7ff0000000000000", "hex")],
  ["what is not a number at all", bytes(0xc3)],
])("%s is refused where a number is expected", (_what, sent) => {
  expect(() => decodeMessagePack(sent, number)).toThrow(/number/);
});

test.each([
  ["extension 0, as Terraform 1.5 sends it", "d40000"],
  ["extension 12 with refinements, as OpenTofu 1.12 sends it", "c7090c8201c202a468747470"],
  ["an extension of two bytes", "d5010000"],
  ["an extension of sixteen bytes", `d80c${"00".repeat(16)}`],
  ["an extension with a long length", "c800010c00"],
])("%s is an unknown value", (_what, sent) => {
  expect(decodeMessagePack(Buffer.from(sent, "hex"), text)).toEqual(unknownValue);
  expect(decodeMessagePack(Buffer.from(sent, "hex"), dynamic)).toEqual(unknownValue);
});

test("an unknown value is written as extension 0 without refinements", () => {
  expect(hex(encodeMessagePack(unknownValue, text))).toBe("d40000");
});

test("a null object is one byte", () => {
  const type: TerraformType = { kind: "object", attributes: { name: text } };

  expect(hex(encodeMessagePack(nullValue, type))).toBe("c0");
  expect(decodeMessagePack(bytes(0xc0), type)).toEqual(nullValue);
});

test("null, empty and unknown collections are three different things", () => {
  const type: TerraformType = { kind: "list", element: text };

  const written = [nullValue, value([]), unknownValue].map((each) => hex(encodeMessagePack(each, type)));

  expect(written).toEqual(["c0", "90", "d40000"]);
});

test("a value of any type goes with its type, and its null and unknown come with one or without", () => {
  const known: Value = { kind: "dynamic", type: text, value: { kind: "string", value: "x" } };
  const typedNull: Value = { kind: "dynamic", type: text, value: nullValue };

  const written = [known, typedNull, nullValue, unknownValue].map((each) => encodeMessagePack(each, dynamic));

  expect(written.map(hex)).toEqual([
    `92c408${hex(bytes('"string"'))}a178`,
    `92c408${hex(bytes('"string"'))}c0`,
    "c0",
    "d40000",
  ]);
  expect(written.map((each) => decodeMessagePack(each, dynamic))).toEqual([known, typedNull, nullValue, unknownValue]);
});

test("sets are written in the same order, whatever order they had", () => {
  const type: TerraformType = { kind: "set", element: text };
  const [one, other] = [setOfValues("b", "a", "ccc", undecided), setOfValues(undecided, "ccc", "a", "b")];

  expect(hex(encodeMessagePack(value(one), type))).toBe(hex(encodeMessagePack(value(other), type)));
});

test("maps are written in the order of their keys", () => {
  const type: TerraformType = { kind: "map", element: text };

  const written = encodeMessagePack(value(mapOfValues({ b: "2", a: "1" })), type);

  expect(hex(written)).toBe("82a161a131a162a132");
});

test("keys of maps may be anything, names of JavaScript's included", () => {
  const type: TerraformType = { kind: "map", element: text };
  const sent: Value = { kind: "map", entries: new Map([["__proto__", { kind: "string", value: "x" }]]) };

  expect(decodeMessagePack(encodeMessagePack(sent, type), type)).toEqual(sent);
});

test("text and keys are brought to Unicode normalization form C", () => {
  const decomposed = "e\u0301";
  const type: TerraformType = { kind: "map", element: text };
  const sent: Value = { kind: "map", entries: new Map([[decomposed, { kind: "string", value: decomposed }]]) };

  const received = decodeMessagePack(encodeMessagePack(sent, type), type);

  expect(received).toEqual({ kind: "map", entries: new Map([["\u00e9", { kind: "string", value: "\u00e9" }]]) });
});

test("a byte order mark is part of the text", () => {
  const sent: Value = { kind: "string", value: "\ufeffx" };

  expect(decodeMessagePack(encodeMessagePack(sent, text), text)).toEqual(sent);
});

test.each([31, 32, 255, 256, 65535, 65536])("text of %d bytes comes back whole", (size) => {
  const sent: Value = { kind: "string", value: "x".repeat(size) };

  expect(decodeMessagePack(encodeMessagePack(sent, text), text)).toEqual(sent);
});

test.each([15, 16, 65535, 65536])("a list and a map of %d members come back whole", (size) => {
  const elements = Array.from({ length: size }, (_, index) => numberOf(String(index)));
  const list: TypedValue = { type: { kind: "list", element: number }, value: { kind: "list", elements } };
  const entries = new Map(elements.map((element, index) => [String(index), element]));
  const map: TypedValue = { type: { kind: "map", element: number }, value: { kind: "map", entries } };

  const received = [list, map].map((sent) => decodeMessagePack(encodeMessagePack(sent.value, sent.type), sent.type));

  expect(received.map((each, index) => equalValues(each, [list, map][index]?.value ?? nullValue))).toEqual([
    true,
    true,
  ]);
});

const thing: TerraformType = { kind: "object", attributes: { name: text, size: number } };

test("an object is written with exactly the names of its schema", () => {
  const written = encodeMessagePack(value({ size: 1, name: "a" }), thing);

  expect(hex(written)).toBe(hex(bytes(0x82, 0xa4, "name", 0xa1, "a", 0xa4, "size", 0x01)));
});

test.each([
  ["lacks an attribute", { name: "a" }, "The object lacks size"],
  ["has one too many", { name: "a", size: 1, color: "red" }, 'There is no attribute "color"'],
  [
    "has one that JavaScript gives to every object",
    { name: "a", size: 1, constructor: "x" },
    'no attribute "constructor"',
  ],
])("an object that %s is not written", (_what, plain, message) => {
  expect(() => encodeMessagePack(value(plain), thing)).toThrow(message);
});

test.each([
  ["lacks an attribute", bytes(0x81, 0xa4, "name", 0xa1, "a"), "The object lacks size"],
  ["has one too many", bytes(0x82, 0xa4, "name", 0xa1, "a", 0xa5, "color", 0x01), 'There is no attribute "color"'],
])("an object that %s is not read", (_what, sent, message) => {
  expect(() => decodeMessagePack(sent, thing)).toThrow(message);
});

test("an error names the place and not the value", () => {
  const type: TerraformType = {
    kind: "object",
    attributes: { tags: { kind: "map", element: { kind: "list", element: number } } },
  };
  const wrong = value({ tags: mapOfValues({ env: ["hunter2"] }) });

  const attempt = (): unknown => encodeMessagePack(wrong, type);

  expect(attempt).toThrow(expect.objectContaining({ path: ["tags", { key: "env" }, 0] }));
  expect(attempt).not.toThrow("hunter2");
});

test.each([
  ["end too early", bytes(0xa5, "abc"), "end in the middle"],
  ["go on after the value", bytes(0xa1, "a", 0x00), "bytes left"],
  ["are not MessagePack", bytes(0xc1), "not MessagePack"],
])("bytes that %s are refused", (_what, sent, message) => {
  expect(() => decodeMessagePack(sent, text)).toThrow(message);
});

test("a tuple of another length is refused both ways", () => {
  const type: TerraformType = { kind: "tuple", elements: [text, text] };
  const single: Value = { kind: "tuple", elements: [{ kind: "string", value: "a" }] };

  expect(() => encodeMessagePack(single, type)).toThrow("A tuple of 2 is expected");
  expect(() => decodeMessagePack(bytes(0x91, 0xa1, "a"), type)).toThrow("a tuple of 2");
});

test("half a surrogate pair becomes the replacement character", () => {
  const written = encodeMessagePack({ kind: "string", value: "a\ud800b" }, text);

  expect(decodeMessagePack(written, text)).toEqual({ kind: "string", value: "a\ufffdb" });
});
