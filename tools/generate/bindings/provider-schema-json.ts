import type { Provider } from "../../../src/framework/provider.ts";
import type { FunctionParameter, ProviderFunction } from "../../../src/framework/resource.ts";
import {
  attributeTerraformType,
  isComputed,
  isOptional,
  type Attribute,
  type Attributes,
  type AttributeType,
  type Block,
  type Schema,
} from "../../../src/framework/schema.ts";
import type { TerraformType } from "../../../src/framework/terraform-type.ts";

/** Anything that JSON can hold; object keys keep their order. */
type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** The parts of a provider that bindings are made of. */
export type ProviderInventory = Pick<Provider<Schema, never>, "name" | "schema" | "resources" | "dataSources"> &
  Partial<Pick<Provider<Schema, never>, "ephemeralResources" | "functions">>;

/**
 * Renders a provider's schemas as the engines do for `providers schema -json`: the provider's own configuration,
 * resources, data sources, ephemeral resources and functions, under one provider address, all names sorted.
 *
 * @param address - whole source address, with its host
 * @see https://developer.hashicorp.com/terraform/cli/commands/providers/schema
 */
export function renderProviderSchemaJson(provider: ProviderInventory, address: string): JsonObject {
  const { ephemeralResources = [], functions = [] } = provider;
  const typed = (list: readonly { readonly name: string; readonly schema: Schema }[]): JsonObject =>
    sortedObject(list.map(({ name, schema }) => [`${provider.name}_${name}`, renderSchema(schema)]));
  return {
    format_version: "1.0",
    provider_schemas: {
      [address]: {
        provider: renderSchema(provider.schema),
        resource_schemas: typed(provider.resources),
        data_source_schemas: typed(provider.dataSources),
        ...(ephemeralResources.length > 0 && { ephemeral_resource_schemas: typed(ephemeralResources) }),
        ...(functions.length > 0 && {
          functions: sortedObject(functions.map((definition) => [definition.name, renderFunction(definition)])),
        }),
      },
    },
  };
}

function renderFunction({
  summary,
  description,
  returns,
  parameters,
  variadicParameter,
}: ProviderFunction): JsonObject {
  return {
    description,
    summary,
    return_type: renderType(returns.type),
    ...(parameters.length > 0 && { parameters: parameters.map(renderParameter) }),
    ...(variadicParameter !== undefined && { variadic_parameter: renderParameter(variadicParameter) }),
  };
}

function renderParameter({ name, description, type, allowNull }: FunctionParameter): JsonObject {
  return { name, description, ...(allowNull === true && { is_nullable: true }), type: renderType(type) };
}

function renderSchema(schema: Schema): JsonObject {
  return { version: schema.version ?? 0, block: renderBlockBody(schema) };
}

function renderBlockBody(block: Pick<Schema, "attributes" | "blocks" | "description" | "deprecated">): JsonObject {
  const blockTypes = Object.entries(block.blocks ?? {});
  return {
    attributes: renderAttributes(block.attributes),
    ...(blockTypes.length > 0 && {
      block_types: sortedObject(blockTypes.map(([name, nested]) => [name, renderBlock(nested)])),
    }),
    description: block.description,
    description_kind: "markdown",
    ...(block.deprecated !== undefined && { deprecated: true }),
  };
}

function renderBlock(block: Block): JsonObject {
  return {
    nesting_mode: block.nesting,
    block: renderBlockBody(block),
    ...(block.minItems !== undefined && block.minItems > 0 && { min_items: block.minItems }),
    ...(block.maxItems !== undefined && { max_items: block.maxItems }),
  };
}

function renderAttributes(attributes: Attributes): JsonObject {
  return sortedObject(Object.entries(attributes).map(([name, attribute]) => [name, renderAttribute(attribute)]));
}

function renderAttribute(attribute: Attribute): JsonObject {
  return {
    ...renderAttributeType(attribute.type),
    description: attribute.description,
    description_kind: "markdown",
    ...(attribute.deprecated !== undefined && { deprecated: true }),
    ...(attribute.mode === "required" && { required: true }),
    ...(isOptional(attribute) && { optional: true }),
    ...(isComputed(attribute) && { computed: true }),
    ...(attribute.sensitive === true && { sensitive: true }),
    ...(attribute.writeOnly === true && { write_only: true }),
  };
}

/** A nested attribute, or a collection of such, has attributes with modes of their own; all else has a plain type. */
function renderAttributeType(type: AttributeType): JsonObject {
  if (type.kind === "object") return { nested_type: renderNestedType(type.attributes, "single") };
  if ("element" in type && type.element.kind === "object") {
    return { nested_type: renderNestedType(type.element.attributes, type.kind) };
  }
  return { type: renderType(attributeTerraformType(type)) };
}

function renderNestedType(attributes: Attributes, nestingMode: string): JsonObject {
  return { attributes: renderAttributes(attributes), nesting_mode: nestingMode };
}

function renderType(type: TerraformType): JsonValue {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return [type.kind, renderType(type.element)];
    case "tuple":
      return [type.kind, type.elements.map(renderType)];
    case "object":
      return [
        type.kind,
        sortedObject(Object.entries(type.attributes).map(([name, member]) => [name, renderType(member)])),
      ];
    default:
      return type.kind;
  }
}

function sortedObject(entries: readonly (readonly [string, JsonValue])[]): JsonObject {
  return Object.fromEntries([...entries].sort(([left], [right]) => (left < right ? -1 : 1)));
}
