import {
  type Attribute,
  type Attributes,
  type AttributeType,
  attributeTerraformType,
  type Block,
  type IdentitySchema,
  isComputed,
  isOptional,
  type Schema,
} from "../../framework/schema.ts";
import {
  type ResourceIdentitySchemaInit,
  Schema_NestedBlock_NestingMode,
  Schema_Object_NestingMode,
  StringKind,
  type Schema_AttributeInit,
  type Schema_BlockInit,
  type Schema_NestedBlockInit,
  type Schema_ObjectInit,
  type SchemaInit,
} from "./generated/tfplugin6.ts";
import { encodeType } from "./terraform-type-json.ts";

type ObjectType = Extract<AttributeType, { kind: "object" }>;

/** A schema without anything in it. An engine crashes when a schema's block is absent, so that it never is. */
export const emptySchema: SchemaInit = { block: {} };

/** The message for a schema. */
export function encodeSchema(schema: Schema): SchemaInit {
  const version = BigInt(schema.version ?? 0);
  return { version, block: { version, ...encodeBlock(schema), ...deprecation(schema.deprecated) } };
}

/** The message for the schema of an identity. */
export function encodeIdentitySchema(schema: IdentitySchema): ResourceIdentitySchemaInit {
  const identityAttributes = Object.entries(schema.attributes).map(([name, attribute]) => ({
    name,
    type: encodeType(attribute.type),
    description: attribute.description,
    requiredForImport: attribute.requiredForImport,
    optionalForImport: !attribute.requiredForImport,
  }));
  return { version: BigInt(schema.version ?? 0), identityAttributes };
}

function encodeBlock(block: Pick<Schema, "attributes" | "blocks" | "description">): Schema_BlockInit {
  return {
    attributes: encodeAttributes(block.attributes),
    blockTypes: Object.entries(block.blocks ?? {}).map(([name, nested]) => encodeNestedBlock(name, nested)),
    description: block.description,
    descriptionKind: StringKind.MARKDOWN,
  };
}

function encodeAttributes(attributes: Attributes): Schema_AttributeInit[] {
  return Object.entries(attributes).map(([name, attribute]) => encodeAttribute(name, attribute));
}

function encodeAttribute(name: string, attribute: Attribute): Schema_AttributeInit {
  const nestedType = encodeNestedType(attribute.type);
  return {
    name,
    ...(nestedType === undefined ? { type: encodeType(attributeTerraformType(attribute.type)) } : { nestedType }),
    description: attribute.description,
    descriptionKind: StringKind.MARKDOWN,
    required: attribute.mode === "required",
    optional: isOptional(attribute),
    computed: isComputed(attribute),
    sensitive: attribute.sensitive ?? false,
    writeOnly: attribute.writeOnly ?? false,
    ...deprecation(attribute.deprecated),
  };
}

/** The nested type of an object, or of a list, set or map of objects; other types have none. */
function encodeNestedType(type: AttributeType): Schema_ObjectInit | undefined {
  switch (type.kind) {
    case "object":
      return encodeNestedObject(type, Schema_Object_NestingMode.SINGLE);
    case "list":
      return type.element.kind === "object"
        ? encodeNestedObject(type.element, Schema_Object_NestingMode.LIST)
        : undefined;
    case "set":
      return type.element.kind === "object"
        ? encodeNestedObject(type.element, Schema_Object_NestingMode.SET)
        : undefined;
    case "map":
      return type.element.kind === "object"
        ? encodeNestedObject(type.element, Schema_Object_NestingMode.MAP)
        : undefined;
    default:
      return undefined;
  }
}

function encodeNestedObject(type: ObjectType, nesting: Schema_Object_NestingMode): Schema_ObjectInit {
  return { attributes: encodeAttributes(type.attributes), nesting };
}

const blockNesting = {
  single: Schema_NestedBlock_NestingMode.SINGLE,
  list: Schema_NestedBlock_NestingMode.LIST,
  set: Schema_NestedBlock_NestingMode.SET,
  map: Schema_NestedBlock_NestingMode.MAP,
  group: Schema_NestedBlock_NestingMode.GROUP,
} as const;

function encodeNestedBlock(typeName: string, block: Block): Schema_NestedBlockInit {
  return { typeName, block: encodeBlock(block), nesting: blockNesting[block.nesting], ...itemLimits(block) };
}

/** Engines refuse limits on maps and groups, and a single block whose limits differ. */
function itemLimits({ nesting, minItems = 0, maxItems = 0 }: Block): { minItems: bigint; maxItems: bigint } {
  if (nesting === "map" || nesting === "group") return { minItems: 0n, maxItems: 0n };
  return { minItems: BigInt(minItems), maxItems: BigInt(nesting === "single" ? minItems : maxItems) };
}

function deprecation(message: string | undefined): { deprecated: boolean; deprecationMessage: string } | undefined {
  return message === undefined ? undefined : { deprecated: true, deprecationMessage: message };
}
