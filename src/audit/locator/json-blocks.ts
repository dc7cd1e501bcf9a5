import { type MemberNode, parse, type ValueNode } from "@humanwhocodes/momoa";
import type { Block } from "./block.ts";

const kinds = { resource: "", data: "data.", ephemeral: "ephemeral." } as const;

/** Finds the blocks of a file in JSON; none when the engine could not read it either. */
export function findJsonBlocks(text: string): readonly Block[] {
  const root = parsed(text);
  if (root === undefined) return [];
  const resources = Object.entries(kinds).flatMap(([kind, prefix]) =>
    membersOf(root, kind).flatMap((type) =>
      membersOf(type.value).map((member) => ({
        address: `${prefix}${nameOf(type)}.${nameOf(member)}`,
        line: member.loc.start.line,
        ...constructOf(member.value),
      })),
    ),
  );
  const providers = membersOf(root, "provider").flatMap((member) =>
    objectsOf(member.value).map((body) => ({ address: providerAddress(member, body), line: body.loc.start.line })),
  );
  return [...resources, ...providers];
}

function parsed(text: string): ValueNode | undefined {
  try {
    return parse(text.replace(/^\uFEFF/, ""), { mode: "json" }).body;
  } catch {
    return undefined;
  }
}

/** The objects at a place where JSON configuration allows one block or a list of blocks. */
function objectsOf(node: ValueNode): readonly ValueNode[] {
  return node.type === "Array" ? node.elements.map(({ value }) => value) : [node];
}

/** The members of an object, or of the objects behind one of its names. */
function membersOf(node: ValueNode, name?: string): readonly MemberNode[] {
  const members = objectsOf(node).flatMap((one) => (one.type === "Object" ? one.members : []));
  if (name === undefined) return members.filter((member) => nameOf(member) !== "//");
  return members.filter((member) => nameOf(member) === name).flatMap(({ value }) => membersOf(value));
}

/** The path of the construct, which CDKTF writes into a comment. */
function constructOf(body: ValueNode): Pick<Block, "constructPath"> {
  const path = ["//", "metadata", "path"].reduce<ValueNode | undefined>(valueOf, objectsOf(body)[0]);
  return path?.type === "String" ? { constructPath: path.value } : {};
}

function providerAddress(member: MemberNode, body: ValueNode): string {
  const alias = valueOf(body, "alias");
  const name = `provider.${nameOf(member)}`;
  return alias?.type === "String" ? `${name}.${alias.value}` : name;
}

function valueOf(node: ValueNode | undefined, name: string): ValueNode | undefined {
  return node?.type === "Object" ? node.members.find((member) => nameOf(member) === name)?.value : undefined;
}

function nameOf({ name }: MemberNode): string {
  return name.type === "String" ? name.value : name.name;
}
