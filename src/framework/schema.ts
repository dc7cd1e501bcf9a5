import type { AttributePath } from "./attribute-path.ts";
import type { DiagnosticText } from "./diagnostics.ts";
import type { TerraformType } from "./terraform-type.ts";
import type { Value } from "./value.ts";

/** What values an attribute holds. An `object` has attributes of its own, each with its own mode (a nested attribute). */
export type AttributeType =
  | { readonly kind: "string" }
  | { readonly kind: "number" }
  | { readonly kind: "bool" }
  | { readonly kind: "dynamic" }
  | { readonly kind: "list" | "set" | "map"; readonly element: AttributeType }
  | { readonly kind: "object"; readonly attributes: Attributes };

/** Attributes by name, in the order in which documentation shows them. */
export type Attributes = Readonly<Record<string, Attribute>>;

/**
 * Who decides an attribute's value: the practitioner always (`required`), if they like (`optional`), or else a constant
 * (`defaulted`) or the provider (`optionalComputed`), or the provider alone (`computed`).
 */
export type AttributeMode = "required" | "optional" | "defaulted" | "optionalComputed" | "computed";

/** The JavaScript value of a known, non-null attribute of this type. */
export type ModelValue<T extends AttributeType> = T extends { readonly kind: "string" }
  ? string
  : T extends { readonly kind: "number" }
    ? number
    : T extends { readonly kind: "bool" }
      ? boolean
      : T extends { readonly kind: "list" | "set"; readonly element: infer E extends AttributeType }
        ? readonly ModelValue<E>[]
        : T extends { readonly kind: "map"; readonly element: infer E extends AttributeType }
          ? Readonly<Record<string, ModelValue<E>>>
          : T extends { readonly kind: "object"; readonly attributes: infer A extends Attributes }
            ? { readonly [K in keyof A]: AttributeState<A[K]> }
            : Value;

/** The value of one attribute in state: `null` only where its mode allows nothing to be there. */
export type AttributeState<A extends Attribute> = A["mode"] extends "required" | "defaulted"
  ? ModelValue<A["type"]>
  : ModelValue<A["type"]> | null;

/** A check of one known value that needs nothing else. */
export interface Validator<V> {
  /** Says what is wrong with the value, or nothing. */
  check(value: V): DiagnosticText | undefined;
}

/** What an attribute has besides type and mode. */
export interface AttributeOptions<V> {
  /** What it is, for reference pages and generated bindings; one or more full sentences. */
  readonly description: string;
  /** Masked in the engine's output. State holds it in clear all the same. */
  readonly sensitive?: boolean;
  /** Exists in the configuration only, never in plan or state. Needs Terraform 1.11 or OpenTofu 1.11. */
  readonly writeOnly?: boolean;
  /** Why not to use it any more, and what instead. */
  readonly deprecated?: string;
  /** A change replaces the object. */
  readonly requiresReplace?: boolean;
  /** A computed value that no update changes: it stays known while planning one. */
  readonly keepsPriorValue?: boolean;
  /**
   * The value mostly comes from what another object computes. In a test of a module a mocked provider makes that up, and
   * engines have it validated all the same: such texts are judged only when they are planned or read, which no mocked
   * provider asks for.
   */
  readonly refersToOthers?: boolean;
  /** Checks that run while validating. */
  readonly validators?: readonly Validator<V>[];
  /** Whether two spellings mean the same to the cluster; the spelling already in plan or state then stays. */
  sameMeaning?(left: V, right: V): boolean;
}

/** One attribute of a schema. Made by {@link required}, {@link optional}, {@link defaulted}, {@link optionalComputed} or {@link computed}. */
export interface Attribute<
  T extends AttributeType = AttributeType,
  M extends AttributeMode = AttributeMode,
> extends AttributeOptions<ModelValue<T>> {
  readonly type: T;
  readonly mode: M;
  /** The constant of a `defaulted` attribute. */
  readonly default?: ModelValue<T>;
}

/** A nested block, for configurations that were written for one; new designs use nested attributes. */
export interface Block {
  readonly nesting: "single" | "list" | "set" | "map" | "group";
  readonly description: string;
  readonly attributes: Attributes;
  readonly blocks?: Readonly<Record<string, Block>>;
  /** Fewest blocks of a list or set; 0 unless given. For `single`, 1 makes it required. */
  readonly minItems?: number;
  /** Most blocks of a list or set; no limit unless given. */
  readonly maxItems?: number;
}

/** The shape of a resource, data source, ephemeral resource or provider configuration. */
export interface Schema<A extends Attributes = Attributes> {
  /** Starts at 0; raised with every change that stored state must be upgraded for. */
  readonly version?: number;
  readonly description: string;
  readonly attributes: A;
  readonly blocks?: Readonly<Record<string, Block>>;
  readonly deprecated?: string;
}

/** Flat attributes that name one object everywhere, for `import { identity = … }`. */
export interface IdentitySchema {
  /** Starts at 0, apart from the schema's own version. */
  readonly version?: number;
  readonly attributes: Readonly<Record<string, IdentityAttribute>>;
}

/** One attribute of an {@link IdentitySchema}. */
export interface IdentityAttribute {
  readonly type: TerraformType;
  readonly description: string;
  /** Whether an import block must give it. */
  readonly requiredForImport: boolean;
}

/** Text. */
export const string = { kind: "string" } as const;
/** A number; models hold it as a JavaScript number and refuse what that cannot hold exactly. */
export const number = { kind: "number" } as const;
/** True or false. */
export const bool = { kind: "bool" } as const;
/** Any type, decided by the practitioner's value. */
export const dynamic = { kind: "dynamic" } as const;

/** Values in order. */
export function listOf<const T extends AttributeType>(element: T): { readonly kind: "list"; readonly element: T } {
  return { kind: "list", element };
}

/** Values without order or duplicates. */
export function setOf<const T extends AttributeType>(element: T): { readonly kind: "set"; readonly element: T } {
  return { kind: "set", element };
}

/** Values by text key. */
export function mapOf<const T extends AttributeType>(element: T): { readonly kind: "map"; readonly element: T } {
  return { kind: "map", element };
}

/** A nested attribute: an object whose attributes have modes of their own. */
export function object<const A extends Attributes>(attributes: A): { readonly kind: "object"; readonly attributes: A } {
  return { kind: "object", attributes };
}

/** An attribute that the practitioner must set. */
export function required<const T extends AttributeType>(
  type: T,
  options: AttributeOptions<ModelValue<T>>,
): Attribute<T, "required"> {
  return { ...options, type, mode: "required" };
}

/** An attribute that the practitioner may set. */
export function optional<const T extends AttributeType>(
  type: T,
  options: AttributeOptions<ModelValue<T>>,
): Attribute<T, "optional"> {
  return { ...options, type, mode: "optional" };
}

/** An attribute that is a constant unless the practitioner sets it. */
export function defaulted<const T extends AttributeType>(
  type: T,
  options: AttributeOptions<ModelValue<T>> & { readonly default: ModelValue<T> },
): Attribute<T, "defaulted"> {
  return { ...options, type, mode: "defaulted" };
}

/** An attribute that the provider decides unless the practitioner sets it. */
export function optionalComputed<const T extends AttributeType>(
  type: T,
  options: AttributeOptions<ModelValue<T>>,
): Attribute<T, "optionalComputed"> {
  return { ...options, type, mode: "optionalComputed" };
}

/** An attribute that the provider alone decides. */
export function computed<const T extends AttributeType>(
  type: T,
  options: AttributeOptions<ModelValue<T>>,
): Attribute<T, "computed"> {
  return { ...options, type, mode: "computed" };
}

/** Whether the provider may decide the value: what the protocol calls computed. */
export function isComputed(attribute: Attribute): boolean {
  return attribute.mode === "computed" || attribute.mode === "optionalComputed" || attribute.mode === "defaulted";
}

/** Whether the practitioner may leave it out or set it: what the protocol calls optional. */
export function isOptional(attribute: Attribute): boolean {
  return attribute.mode === "optional" || attribute.mode === "optionalComputed" || attribute.mode === "defaulted";
}

/** The type of the values that an attribute holds. */
export function attributeTerraformType(type: AttributeType): TerraformType {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return { kind: type.kind, element: attributeTerraformType(type.element) };
    case "object":
      return { kind: "object", attributes: attributeTypes(type.attributes) };
    default:
      return type;
  }
}

/** The object type of a whole schema: all attributes and blocks by name. */
export function schemaTerraformType(schema: Pick<Schema, "attributes" | "blocks">): TerraformType {
  return { kind: "object", attributes: attributeTypes(members(schema)) };
}

type Members = Pick<Schema, "attributes" | "blocks">;

const knownMembers = new WeakMap<Members, Attributes>();

/** The members of a schema at run time, attributes first; worked out once for each schema. */
export function members(schema: Members): Attributes {
  const known = knownMembers.get(schema);
  if (known !== undefined) return known;
  const blocks = Object.entries(schema.blocks ?? {}).map(([name, block]) => [name, blockMember(block)] as const);
  const all = { ...schema.attributes, ...Object.fromEntries(blocks) };
  knownMembers.set(schema, all);
  return all;
}

/** An attribute, and what it is called in its schema. */
export interface NamedAttribute {
  readonly name: string;
  readonly attribute: Attribute;
  /** Where it is in an object that is not inside another one. */
  readonly path: readonly [name: string];
}

const knownNames = new WeakMap<Attributes, readonly NamedAttribute[]>();

/**
 * Attributes with their names, in the order of the schema; worked out once for all objects. Not as pairs: taking a pair apart
 * makes three objects each time, and this is done for each attribute of each object several times.
 */
export function namedAttributes(attributes: Attributes): readonly NamedAttribute[] {
  const known = knownNames.get(attributes);
  if (known !== undefined) return known;
  const named = Object.entries(attributes).map(([name, attribute]) => ({ name, attribute, path: [name] as const }));
  knownNames.set(attributes, named);
  return named;
}

/** Where an attribute is in an object at this path. */
export function pathWithin(path: AttributePath, named: NamedAttribute): AttributePath {
  return path.length === 0 ? named.path : [...path, named.name];
}

function blockMember(block: Block): Attribute {
  const element = { kind: "object", attributes: members(block) } as const;
  const { description, nesting } = block;
  if (nesting === "single") return { type: element, mode: "optional", description };
  if (nesting === "group") return { type: element, mode: "required", description };
  return { type: { kind: nesting, element }, mode: "required", description };
}

const identityTypes = new WeakMap<IdentitySchema, TerraformType>();

/** The object type of an identity; worked out once for each schema. */
export function identityTerraformType(schema: IdentitySchema): TerraformType {
  const known = identityTypes.get(schema);
  if (known !== undefined) return known;
  const types = Object.entries(schema.attributes).map(([name, attribute]) => [name, attribute.type] as const);
  const type = { kind: "object", attributes: Object.fromEntries(types) } as const;
  identityTypes.set(schema, type);
  return type;
}

function attributeTypes(attributes: Attributes): Readonly<Record<string, TerraformType>> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [name, attributeTerraformType(attribute.type)]),
  );
}

/** A message about one attribute, with its place filled in. */
export function at(attribute: AttributePath, text: DiagnosticText): DiagnosticText {
  return { ...text, attribute: text.attribute === undefined ? attribute : [...attribute, ...text.attribute] };
}
