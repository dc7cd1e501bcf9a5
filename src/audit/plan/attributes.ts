import { AuditError } from "../audit-error.ts";

/** What the document says about one attribute. */
export type Value<T> =
  | { readonly kind: "known"; readonly value: T }
  | { readonly kind: "null" }
  /** Decided during apply, or removed from the document for safety. */
  | { readonly kind: "unknown" };

/** The attributes of one object at one time. */
export interface Attributes {
  /** For messages. */
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** The engine's `after_unknown`: true, or an object with true for what is decided during apply. */
  readonly unknown: unknown;
}

/** The text that replaces removed values in a redacted document. */
export const redactedText = "[redacted]";

const unknownValue = { kind: "unknown" } as const;
const nullValue = { kind: "null" } as const;

/** The value where it is known. */
export function knownOf<T>(value: Value<T>): T | undefined {
  return value.kind === "known" ? value.value : undefined;
}

/**
 * A text attribute.
 *
 * @throws {AuditError} when it is something else
 */
export function readText(attributes: Attributes, name: string): Value<string> {
  return readAs(attributes, name, (value) => (typeof value === "string" ? value : undefined));
}

/**
 * A true or false.
 *
 * @throws {AuditError} when it is something else
 */
export function readFlag(attributes: Attributes, name: string): Value<boolean> {
  return readAs(attributes, name, (value) => (typeof value === "boolean" ? value : undefined));
}

/**
 * A nested object.
 *
 * @throws {AuditError} when it is something else
 */
export function readObject(attributes: Attributes, name: string): Value<Attributes> {
  return readAs(attributes, name, (value) =>
    isRecord(value)
      ? { address: `${attributes.address}.${name}`, values: value, unknown: memberOf(attributes.unknown, name) }
      : undefined,
  );
}

/**
 * A list or set of texts.
 *
 * @throws {AuditError} when it is something else
 */
export function readTexts(attributes: Attributes, name: string): Value<readonly Value<string>[]> {
  const unknown = memberOf(attributes.unknown, name);
  return readAs(attributes, name, (value) => {
    if (!Array.isArray(value)) return undefined;
    const texts = value.map((item: unknown, index): Value<string> | undefined => {
      if (item === redactedText || memberOf(unknown, String(index)) === true) return unknownValue;
      return typeof item === "string" ? { kind: "known", value: item } : undefined;
    });
    return texts.every((text) => text !== undefined) ? texts : undefined;
  });
}

/**
 * A list of nested objects.
 *
 * @throws {AuditError} when it is something else
 */
export function readObjects(attributes: Attributes, name: string): Value<readonly Attributes[]> {
  const unknown = memberOf(attributes.unknown, name);
  return readAs(attributes, name, (value) => {
    if (!Array.isArray(value)) return undefined;
    const address = `${attributes.address}.${name}`;
    const objects = value.map((item: unknown, index) => {
      const unknownItem = memberOf(unknown, String(index)) ?? false;
      if (unknownItem === true) return { address, values: {}, unknown: true };
      return isRecord(item) ? { address, values: item, unknown: unknownItem } : undefined;
    });
    return objects.every((object) => object !== undefined) ? objects : undefined;
  });
}

/** Whether any of these attributes, or of what is within them, is not known. */
export function isPartlyUnknown({ values, unknown }: Attributes, names: readonly string[]): boolean {
  return names.some((name) => holds(memberOf(unknown, name), true) || holds(values[name], redactedText));
}

function holds(tree: unknown, sought: unknown): boolean {
  if (tree === sought) return true;
  if (typeof tree !== "object" || tree === null) return false;
  return Object.values(tree).some((inner) => holds(inner, sought));
}

function readAs<T>(attributes: Attributes, name: string, decode: (value: unknown) => T | undefined): Value<T> {
  if (memberOf(attributes.unknown, name) === true) return unknownValue;
  const value = attributes.values[name];
  if (value === null || value === undefined) return nullValue;
  if (value === redactedText) return unknownValue;
  const decoded = decode(value);
  if (decoded !== undefined) return { kind: "known", value: decoded };
  throw new AuditError(
    "input",
    `${attributes.address}: ${name} has a value of a type that it cannot have. Make the plan again.`,
  );
}

function memberOf(tree: unknown, name: string): unknown {
  if (tree === true) return true;
  return isRecord(tree) || Array.isArray(tree) ? Reflect.get(tree, name) : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
