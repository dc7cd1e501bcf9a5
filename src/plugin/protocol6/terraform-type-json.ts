import type { TerraformType } from "../../framework/terraform-type.ts";
import { WireFormatError } from "./wire-format-error.ts";

/** The type as schemas carry it: bytes of JSON such as `["list","string"]`. */
export function encodeType(type: TerraformType): Uint8Array {
  return Buffer.from(JSON.stringify(typeToJson(type)), "utf8");
}

/**
 * The type that the bytes of JSON name.
 *
 * @throws {WireFormatError} for bytes that name no type
 */
export function decodeType(bytes: Uint8Array): TerraformType {
  try {
    const json: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    return typeFromJson(json);
  } catch (error) {
    throw error instanceof SyntaxError ? new WireFormatError("The type of a dynamic value is not JSON") : error;
  }
}

function typeToJson(type: TerraformType): unknown {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return [type.kind, typeToJson(type.element)];
    case "tuple":
      return [type.kind, type.elements.map(typeToJson)];
    case "object": {
      const names = Object.keys(type.attributes).sort();
      return [type.kind, fromNames(names, (name) => typeToJson(attributeType(type.attributes, name)))];
    }
    default:
      return type.kind;
  }
}

/**
 * The type that a parsed JSON value names.
 *
 * @throws {WireFormatError} when it names none
 */
export function typeFromJson(json: unknown): TerraformType {
  if (json === "string" || json === "number" || json === "bool" || json === "dynamic") return { kind: json };
  const parts: readonly unknown[] = Array.isArray(json) ? json : [];
  const type = compositeType(parts[0], parts[1]);
  if (type === undefined) throw new WireFormatError(`${JSON.stringify(json)} is not a type of Terraform's`);
  return type;
}

function compositeType(kind: unknown, argument: unknown): TerraformType | undefined {
  switch (kind) {
    case "list":
    case "set":
    case "map":
      return { kind, element: typeFromJson(argument) };
    case "tuple":
      return Array.isArray(argument) ? { kind, elements: argument.map(typeFromJson) } : undefined;
    case "object":
      return isRecord(argument) ? { kind, attributes: attributeTypesFromJson(argument) } : undefined;
    default:
      return undefined;
  }
}

function attributeTypesFromJson(json: object): Readonly<Record<string, TerraformType>> {
  return Object.fromEntries(Object.entries(json).map(([name, type]) => [name, typeFromJson(type)]));
}

function isRecord(json: unknown): json is object {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** The type of one attribute. Only for names that the object has. */
export function attributeType(attributes: Readonly<Record<string, TerraformType>>, name: string): TerraformType {
  const type = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  if (type === undefined) throw new WireFormatError(`There is no attribute ${JSON.stringify(name)} in the schema`);
  return type;
}

/**
 * Refuses an object that lacks attributes of its type.
 *
 * @throws {WireFormatError} that names them
 */
export function refuseMissing(
  types: Readonly<Record<string, TerraformType>>,
  entries: ReadonlyMap<string, unknown>,
): void {
  for (const expected in types) {
    if (entries.has(expected)) continue;
    const missing = Object.keys(types).filter((name) => !entries.has(name));
    throw new WireFormatError(`The object lacks ${missing.join(", ")}, which its schema has`);
  }
}

function fromNames<T>(names: readonly string[], value: (name: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(names.map((name) => [name, value(name)]));
}
