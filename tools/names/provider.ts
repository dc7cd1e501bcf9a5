import type { Attributes, AttributeType, Block, IdentitySchema, Schema } from "../../src/framework/schema.ts";
import { createQumuloProvider } from "../../src/provider/provider.ts";
import { systemClock } from "../../src/vocabulary/clock.ts";

/** What configurations and states name of the provider, with the versions of its schemas. */
export function providerNames(): readonly string[] {
  const provider = createQumuloProvider({ environment: {}, clock: systemClock });
  const { resources, dataSources, ephemeralResources, actions = [], functions } = provider;
  // The inventory forgets the types of schemas.
  const typed = (kind: string, all: readonly { readonly name: string; readonly schema: Schema }[]): readonly string[] =>
    all.flatMap(({ name, schema }) => schemaNames(`${kind} ${provider.name}_${name}`, schema));
  return [
    ...schemaNames("provider", provider.schema),
    ...typed("resource", resources),
    // Nor does it know the types of the schemas of lists.
    ...resources.flatMap(({ name, identity, list }) => [
      ...(identity === undefined ? [] : identityNames(`resource ${provider.name}_${name}`, identity)),
      ...(list === undefined ? [] : schemaNames(`list ${provider.name}_${name}`, list.schema as Schema)),
    ]),
    ...typed("data source", dataSources),
    ...typed("ephemeral resource", ephemeralResources),
    ...typed("action", actions),
    ...functions.map(
      ({ name, parameters, returns }) =>
        `function ${name}(${parameters.map(({ type }) => renderType(type)).join(", ")}): ${renderType(returns.type)}`,
    ),
  ];
}

function schemaNames(name: string, schema: Schema): readonly string[] {
  return [`${name} version ${schema.version ?? 0}`, ...blockNames(name, schema)];
}

function blockNames(
  name: string,
  { attributes, blocks = {} }: Pick<Block, "attributes" | "blocks">,
): readonly string[] {
  return [
    ...attributeNames(name, "", attributes),
    ...Object.entries(blocks).flatMap(([block, nested]) => [
      `${name} block ${block}: ${nested.nesting}`,
      ...blockNames(`${name} block ${block}`, nested),
    ]),
  ];
}

function attributeNames(owner: string, prefix: string, attributes: Attributes): readonly string[] {
  return Object.entries(attributes).flatMap(([name, { type, mode }]) => [
    `${owner} ${prefix}${name}: ${renderType(type)}, ${mode}`,
    ...insideNames(owner, `${prefix}${name}.`, type),
  ]);
}

function insideNames(owner: string, prefix: string, type: AttributeType): readonly string[] {
  if (type.kind === "object") return attributeNames(owner, prefix, type.attributes);
  return "element" in type ? insideNames(owner, prefix, type.element) : [];
}

function identityNames(name: string, { version = 0, attributes }: IdentitySchema): readonly string[] {
  return [
    `${name} identity version ${version}`,
    ...Object.entries(attributes).map(([attribute, { type }]) => `${name} identity ${attribute}: ${renderType(type)}`),
  ];
}

/** Members of an object are lines of their own. */
function renderType(type: { readonly kind: string; readonly element?: { readonly kind: string } }): string {
  return type.element === undefined ? type.kind : `${type.kind} of ${renderType(type.element)}`;
}
