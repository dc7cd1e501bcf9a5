import type {
  Attribute,
  Attributes,
  AttributeType,
  Block,
  IdentitySchema,
  Schema,
} from "../../src/framework/schema.ts";
import { isOptional } from "../../src/framework/schema.ts";
import type { TerraformType } from "../../src/framework/terraform-type.ts";

/** What has attributes and perhaps blocks: a schema, a block, or an object. */
export type Body = Pick<Schema, "attributes" | "blocks">;

/** One line of a schema, and the body that it leads to. */
interface Member {
  readonly name: string;
  readonly group: Group;
  /** What stands in parentheses: the type and its marks. */
  readonly marks: readonly string[];
  readonly description: string;
  readonly nested?: { readonly body: Body; readonly anchor: string } | undefined;
}

const groups = ["Required", "Optional", "Read-Only"] as const;

type Group = (typeof groups)[number];

const writeOnly =
  "[Write-only](https://developer.hashicorp.com/terraform/language/resources/ephemeral#write-only-arguments)";

/** The part of a page that lists all attributes and blocks, each with type, marks and description. */
export function renderSchemaSection(schema: Body): string {
  return `## Schema\n\n${renderBody(schema, [])}`;
}

/** The part of a page that lists what names one object for an import. */
export function renderIdentitySection(identity: IdentitySchema): string {
  const members = Object.entries(identity.attributes).map(([name, { type, description, requiredForImport }]) => ({
    name,
    group: requiredForImport ? ("Required" as const) : ("Optional" as const),
    marks: [typeLabel(type)],
    description,
  }));
  return `### Identity Schema\n\n${renderGroups(members, (group) => `#### ${group}`)}`;
}

function renderBody(body: Body, path: readonly string[]): string {
  const members = [
    ...Object.entries(body.attributes).map(([name, attribute]) => attributeMember(name, attribute, path)),
    ...Object.entries(body.blocks ?? {}).map(([name, block]) => blockMember(name, block, path)),
  ].sort((left, right) => (left.name < right.name ? -1 : 1));
  const listed = renderGroups(members, (group) => (path.length === 0 ? `### ${group}` : `${group}:`));
  const inner = members.flatMap(({ name, nested }) => {
    if (nested === undefined) return [];
    const here = [...path, name];
    const title = `<a id="${nested.anchor}"></a>\n\n### Nested Schema for \`${here.join(".")}\``;
    return [`${title}\n\n${renderBody(nested.body, here)}`];
  });
  return [listed, ...inner].join("\n\n");
}

function renderGroups(members: readonly Member[], heading: (group: Group) => string): string {
  return groups
    .map((group) => ({ group, lines: members.filter((member) => member.group === group).map(renderMember) }))
    .filter(({ lines }) => lines.length > 0)
    .map(({ group, lines }) => `${heading(group)}\n\n${lines.join("\n")}`)
    .join("\n\n");
}

function renderMember({ name, marks, description, nested }: Member): string {
  const below = nested === undefined ? "" : ` (see [below for nested schema](#${nested.anchor}))`;
  return `- \`${name}\` (${marks.join(", ")}) ${description}${below}`;
}

function attributeMember(name: string, attribute: Attribute, path: readonly string[]): Member {
  const attributes = nestedAttributes(attribute.type);
  const marks = [typeLabel(attribute.type)];
  if (attribute.sensitive === true) marks.push("Sensitive");
  if (attribute.writeOnly === true) marks.push(writeOnly);
  if (attribute.deprecated !== undefined) marks.push("Deprecated");
  return {
    name,
    group: groupOf(attribute),
    marks,
    description: [attribute.description, attribute.deprecated].filter((text) => text !== undefined).join(" "),
    nested: attributes && { body: { attributes }, anchor: ["nestedatt", ...path, name].join("--") },
  };
}

function blockMember(name: string, block: Block, path: readonly string[]): Member {
  const isRequired = (block.minItems ?? 0) > 0;
  return {
    name,
    group: isRequired ? "Required" : "Optional",
    marks: [block.nesting === "single" || block.nesting === "group" ? "Block" : `Block ${capitalized(block.nesting)}`],
    description: block.description,
    nested: { body: block, anchor: ["nestedblock", ...path, name].join("--") },
  };
}

function groupOf(attribute: Attribute): Group {
  if (attribute.mode === "required") return "Required";
  return isOptional(attribute) ? "Optional" : "Read-Only";
}

function nestedAttributes(type: AttributeType): Attributes | undefined {
  if (type.kind === "object") return type.attributes;
  return "element" in type ? nestedAttributes(type.element) : undefined;
}

/** A type as pages name it: `Set of String`, and `Attributes List` for a list of objects. */
export function typeLabel(type: AttributeType | TerraformType): string {
  switch (type.kind) {
    case "bool":
      return "Boolean";
    case "object":
      return "Attributes";
    case "list":
    case "set":
    case "map":
      return type.element.kind === "object"
        ? `Attributes ${capitalized(type.kind)}`
        : `${capitalized(type.kind)} of ${typeLabel(type.element)}`;
    default:
      return capitalized(type.kind);
  }
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
