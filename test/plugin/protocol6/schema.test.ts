import { expect, test } from "@jest/globals";
import type { Block } from "../../../src/framework/schema.ts";
import {
  computed,
  defaulted,
  listOf,
  mapOf,
  number,
  object,
  optional,
  optionalComputed,
  required,
  setOf,
  string,
} from "../../../src/framework/schema.ts";
import {
  Schema_NestedBlock_NestingMode,
  Schema_Object_NestingMode,
  type Schema as SchemaMessage,
  SchemaSchema,
} from "../../support/protocol6/generated/tfplugin6_pb.ts";
import { encodeSchema as sent } from "../../../src/plugin/protocol6/generated/tfplugin6.ts";
import { readBack } from "../../support/provider/call-provider.ts";
import { emptySchema, encodeIdentitySchema, encodeSchema } from "../../../src/plugin/protocol6/schema.ts";

const description = "A thing.";

function encoded(schema: Parameters<typeof encodeSchema>[0]): SchemaMessage {
  return readBack(SchemaSchema, sent, encodeSchema(schema));
}

test("a schema always has a block, even an empty one", () => {
  expect(readBack(SchemaSchema, sent, emptySchema).block).toBeDefined();
  expect(encoded({ description, attributes: {} }).block).toBeDefined();
});

test("the version is that of the schema, and 0 without one", () => {
  expect(encoded({ description, version: 3, attributes: {} })).toMatchObject({ version: 3n, block: { version: 3n } });
  expect(encoded({ description, attributes: {} })).toMatchObject({ version: 0n, block: { version: 0n } });
});

test.each([
  ["required", required(string, { description }), { required: true, optional: false, computed: false }],
  ["optional", optional(string, { description }), { required: false, optional: true, computed: false }],
  ["computed", computed(string, { description }), { required: false, optional: false, computed: true }],
  [
    "optional and computed",
    optionalComputed(string, { description }),
    { required: false, optional: true, computed: true },
  ],
  ["defaulted", defaulted(string, { description, default: "x" }), { required: false, optional: true, computed: true }],
])("an attribute that is %s says so in the protocol's words", (_mode, attribute, expected) => {
  const [message] = encoded({ description, attributes: { name: attribute } }).block?.attributes ?? [];

  expect(message).toMatchObject({ name: "name", description, ...expected });
});

test("an attribute is sensitive, write-only or deprecated only where it says so", () => {
  const { block } = encoded({
    description,
    attributes: {
      plain: optional(string, { description }),
      marked: optional(string, { description, sensitive: true, writeOnly: true, deprecated: "Use plain." }),
    },
  });

  expect(block?.attributes).toMatchObject([
    { sensitive: false, writeOnly: false, deprecated: false, deprecationMessage: "" },
    { sensitive: true, writeOnly: true, deprecated: true, deprecationMessage: "Use plain." },
  ]);
});

const inner = object({ size: required(number, { description }) });

test.each([
  ["an object", inner, Schema_Object_NestingMode.SINGLE],
  ["a list of objects", listOf(inner), Schema_Object_NestingMode.LIST],
  ["a set of objects", setOf(inner), Schema_Object_NestingMode.SET],
  ["a map of objects", mapOf(inner), Schema_Object_NestingMode.MAP],
])("%s has a nested type and no other", (_what, type, nesting) => {
  const [message] =
    encoded({ description, attributes: { rules: optional(type, { description }) } }).block?.attributes ?? [];

  expect(message?.nestedType).toMatchObject({ nesting, attributes: [{ name: "size", required: true }] });
  expect(message?.type).toHaveLength(0);
});

test("other collections have a type and no nested one", () => {
  const { block } = encoded({ description, attributes: { tags: optional(setOf(listOf(string)), { description }) } });
  const [message] = block?.attributes ?? [];

  expect(Buffer.from(message?.type ?? []).toString()).toBe('["set",["list","string"]]');
  expect(message?.nestedType).toBeUndefined();
});

const nestings = Schema_NestedBlock_NestingMode;

test.each<[string, Omit<Block, "description" | "attributes">, readonly [number, bigint, bigint]]>([
  ["a single block", { nesting: "single" }, [nestings.SINGLE, 0n, 0n]],
  ["a required single block", { nesting: "single", minItems: 1 }, [nestings.SINGLE, 1n, 1n]],
  ["a list", { nesting: "list", minItems: 1, maxItems: 3 }, [nestings.LIST, 1n, 3n]],
  ["a set without limits", { nesting: "set" }, [nestings.SET, 0n, 0n]],
  ["a map, which has no limits", { nesting: "map", minItems: 1 }, [nestings.MAP, 0n, 0n]],
  ["a group, which has no limits", { nesting: "group", maxItems: 1 }, [nestings.GROUP, 0n, 0n]],
])("%s has limits that engines accept", (_what, options, [nesting, minItems, maxItems]) => {
  const block: Block = { description, attributes: { size: optional(number, { description }) }, ...options };

  const message = encoded({ description, attributes: {}, blocks: { rule: block } });

  expect(message.block?.blockTypes).toMatchObject([
    { typeName: "rule", nesting, minItems, maxItems, block: { attributes: [{ name: "size" }] } },
  ]);
});

test("an identity is required or optional for import, never both or neither", () => {
  const schema = encodeIdentitySchema({
    version: 2,
    attributes: {
      id: { type: { kind: "string" }, description, requiredForImport: true },
      zone: { type: { kind: "string" }, description, requiredForImport: false },
    },
  });

  expect(schema).toMatchObject({
    version: 2n,
    identityAttributes: [
      { name: "id", requiredForImport: true, optionalForImport: false },
      { name: "zone", requiredForImport: false, optionalForImport: true },
    ],
  });
});
