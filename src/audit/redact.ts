import { AuditError } from "./audit-error.ts";
import { redactedText } from "./plan/attributes.ts";
import { removeFromName, SecretTexts } from "./secret-texts.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What the name of a field says about its value. */
type KnownName =
  /** Arguments and attributes that are secrets wherever they stand, marked or not. */
  | { readonly kind: "secret" }
  /** What the engine writes itself, outside of values: names of the configuration, which are not secrets of the plan. */
  | { readonly kind: "structure" }
  /** A field that holds values of the practitioner, and the field next to it in which the engine marks them. */
  | { readonly kind: "value"; readonly marks: string | undefined };

const structure = [
  ...["address", "previous_address", "module_address", "mode", "type", "name", "index", "actions", "action_reason"],
  ...["references", "provider_name", "provider_config_key", "full_name", "format_version", "terraform_version"],
  ...["replace_paths", "resource", "attribute", "source", "deposed", "deposed_key"],
];

/** Known field names. They are in one map, because the look-up runs for each field, and plans have millions of them. */
const knownNames: ReadonlyMap<string, KnownName> = new Map<string, KnownName>([
  ...["password", "password_wo", "bearer_token"].map((name) => [name, { kind: "secret" }] as const),
  ...structure.map((name) => [name, { kind: "structure" }] as const),
  ["before", { kind: "value", marks: "before_sensitive" }],
  ["after", { kind: "value", marks: "after_sensitive" }],
  ["values", { kind: "value", marks: "sensitive_values" }],
  ["config_values", { kind: "value", marks: "config_sensitive" }],
  ["value", { kind: "value", marks: "sensitive" }],
  ["default", { kind: "value", marks: "sensitive" }],
  ["constant_value", { kind: "value", marks: undefined }],
]);

/**
 * Returns a copy of the document that is safe to keep, and that can still be audited. It lacks what the engine marks as
 * sensitive, what our schema knows to be secret, what looks like a bearer token, and every other occurrence of these texts.
 * Parts without secrets are shared with the original.
 *
 * @throws {AuditError} when the document is nested too deep to be searched
 */
export function redactDocument(document: unknown): unknown {
  const variables = sensitiveVariables(document);
  return withinDepth(() => {
    const secrets = new SecretTexts();
    collect(document, false, secrets);
    for (const name of variables) collect(variableIn(document, name), true, secrets);
    const copy = new Redaction(secrets).redact(document, false, false);
    return isFields(copy) && variables.length > 0 ? withoutVariables(copy, variables) : copy;
  });
}

function collect(value: unknown, marks: unknown, secrets: SecretTexts): void {
  if (typeof value === "string") {
    if (marks === true) secrets.add(value);
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) collect(value[index], markOfItem(marks, index), secrets);
  } else if (isFields(value)) {
    for (const name of Object.keys(value)) {
      const field = value[name];
      const mark = markOfField(value, name, marks);
      // Most fields hold nothing to look into.
      if (mark === true || (typeof field === "object" && field !== null)) collect(field, mark, secrets);
    }
  }
}

/**
 * Copies only the parts of a document that hold something to remove, because plans are large and mostly hold no secrets.
 *
 * Each value comes with its marks, and with whether it is within a value of the practitioner.
 */
class Redaction {
  readonly #secrets: SecretTexts;

  constructor(secrets: SecretTexts) {
    this.#secrets = secrets;
  }

  redact(value: unknown, marks: unknown, isValue: boolean): unknown {
    if (marks === true) return value === null ? null : redactedText;
    if (typeof value === "string") return this.#secrets.removeFrom(value);
    if (Array.isArray(value)) return this.#redactItems(value, marks, isValue);
    return isFields(value) ? this.#redactFields(value, marks, isValue) : value;
  }

  #redactItems(items: readonly unknown[], marks: unknown, isValue: boolean): readonly unknown[] {
    let copy: unknown[] | undefined;
    for (let index = 0; index < items.length; index += 1) {
      const item = items[index];
      const safe = this.redact(item, markOfItem(marks, index), isValue);
      if (safe === item) continue;
      copy ??= [...items];
      copy[index] = safe;
    }
    return copy ?? items;
  }

  #redactFields(fields: Fields, marks: unknown, isValue: boolean): Fields {
    let changed: Map<string, readonly [name: string, field: unknown]> | undefined;
    for (const name of Object.keys(fields)) {
      const field = fields[name];
      const safeField =
        !isValue && holdsNames(name, field)
          ? redactNames(field)
          : this.redact(field, markOfField(fields, name, marks), isValue || knownNames.get(name)?.kind === "value");
      // Keys of maps can hold what somebody pasted.
      const safeName = removeFromName(name);
      if (safeField === field && safeName === name) continue;
      changed ??= new Map();
      changed.set(name, [safeName, safeField]);
    }
    if (changed === undefined) return fields;
    return Object.fromEntries(Object.entries(fields).map((entry) => changed.get(entry[0]) ?? entry));
  }
}

/** Names of the configuration, and addresses, whose keys can hold what somebody pasted. */
function redactNames(value: unknown): unknown {
  if (typeof value === "string") return removeFromName(value);
  if (!Array.isArray(value)) return value;
  const safe = value.map(redactNames);
  return safe.some((item, index) => item !== value[index]) ? safe : value;
}

/** Whether what is there was written by the engine itself. */
function holdsNames(name: string, field: unknown): boolean {
  return knownNames.get(name)?.kind === "structure" && !isFields(field);
}

function markOfItem(marks: unknown, index: number): unknown {
  return marks === true || (Array.isArray(marks) && (marks[index] as unknown));
}

/** The marks of one field: those handed down, or those that the engine puts beside it. */
function markOfField(fields: Fields, name: string, marks: unknown): unknown {
  if (marks === true) return true;
  const known = knownNames.get(name);
  if (known?.kind === "secret" && typeof fields[name] === "string") return true;
  if (isFields(marks) && Object.hasOwn(marks, name)) return marks[name];
  return known === undefined ? false : markByName(fields, name, known);
}

function markByName(fields: Fields, name: string, known: KnownName): unknown {
  const field = fields[name];
  if (known.kind === "secret") return isFields(field) && "constant_value" in field ? { constant_value: true } : false;
  const beside = known.kind === "value" ? known.marks : undefined;
  return beside !== undefined && Object.hasOwn(fields, beside) ? fields[beside] : false;
}

function sensitiveVariables(document: unknown): readonly string[] {
  const declared = ["configuration", "root_module", "variables"].reduce<unknown>(
    (inner, name) => (isFields(inner) ? inner[name] : undefined),
    document,
  );
  if (!isFields(declared)) return [];
  return Object.keys(declared).filter((name) => {
    const variable = declared[name];
    return isFields(variable) && variable["sensitive"] === true;
  });
}

function variableIn(document: unknown, name: string): unknown {
  const variables = isFields(document) ? document["variables"] : undefined;
  const variable = isFields(variables) ? variables[name] : undefined;
  return isFields(variable) ? variable["value"] : undefined;
}

function withoutVariables(document: Fields, names: readonly string[]): Fields {
  const variables = document["variables"];
  if (!isFields(variables)) return document;
  const sensitive = new Set(names);
  const safe = Object.entries(variables).map(([name, variable]) => [
    name,
    sensitive.has(name) ? { value: redactedText } : variable,
  ]);
  return { ...document, variables: Object.fromEntries(safe) as Fields };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function withinDepth<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AuditError("input", "It is nested too deep to be a plan. Make it again.");
  }
}
