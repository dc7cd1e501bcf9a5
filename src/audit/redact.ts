import { AuditError } from "./audit-error.ts";
import { redactedText } from "./plan/attributes.ts";
import { removeBearerTokens, SecretTexts } from "./secret-texts.ts";

/** Arguments and attributes that are secrets wherever they stand, marked or not. */
const secretNames = new Set(["password", "password_wo", "bearer_token"]);

type Fields = Readonly<Record<string, unknown>>;

/** What the engine writes itself, outside of values: names of the configuration, which cannot be secret. */
const structuralNames = new Set([
  ...["address", "previous_address", "module_address", "mode", "type", "name", "index", "actions", "action_reason"],
  ...["references", "provider_name", "provider_config_key", "full_name", "format_version", "terraform_version"],
  ...["replace_paths", "resource", "attribute", "source", "deposed", "deposed_key"],
]);

/** Where values of the practitioner begin. */
const valueNames = new Set(["before", "after", "values", "value", "default", "constant_value"]);

/**
 * The document as it is safe to keep, with the parts that hold no secret shared: without what the engine marks as
 * sensitive, what our schema knows as secret, what looks like a bearer token, and any other appearance of these texts. It
 * can still be audited.
 *
 * @throws {AuditError} when the document is nested too deep to be searched
 */
export function redactDocument(document: unknown): unknown {
  const variables = sensitiveVariables(document);
  return withinDepth(() => {
    const secrets = new SecretTexts();
    collect(document, false, secrets);
    for (const name of variables) collect(variableIn(document, name), true, secrets);
    const copy = redact(document, { marks: false, isValue: false }, secrets);
    return isFields(copy) && variables.length > 0 ? withoutVariables(copy, variables) : copy;
  });
}

function collect(value: unknown, marks: unknown, secrets: SecretTexts): void {
  if (typeof value === "string") {
    if (marks === true) secrets.add(value);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(item, markOfItem(marks, index), secrets);
  } else if (isFields(value)) {
    for (const name of Object.keys(value)) collect(value[name], markOfField(value, name, marks), secrets);
  }
}

interface Place {
  readonly marks: unknown;
  /** Whether it is within a value of the practitioner. */
  readonly isValue: boolean;
}

/** What holds nothing to remove is not copied: plans are large, and most of one holds no secret. */
function redact(value: unknown, { marks, isValue }: Place, secrets: SecretTexts): unknown {
  if (marks === true) return value === null ? null : redactedText;
  if (typeof value === "string") return secrets.removeFrom(value);
  if (Array.isArray(value)) return redactItems(value, { marks, isValue }, secrets);
  return isFields(value) ? redactFields(value, { marks, isValue }, secrets) : value;
}

function redactItems(items: readonly unknown[], { marks, isValue }: Place, secrets: SecretTexts): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (const [index, item] of items.entries()) {
    const safe = redact(item, { marks: markOfItem(marks, index), isValue }, secrets);
    if (safe === item) continue;
    copy ??= [...items];
    copy[index] = safe;
  }
  return copy ?? items;
}

function redactFields(fields: Fields, { marks, isValue }: Place, secrets: SecretTexts): Fields {
  let isChanged = false;
  const safe: [name: string, field: unknown][] = [];
  for (const name of Object.keys(fields)) {
    const field = fields[name];
    const isKept = !isValue && structuralNames.has(name) && !isFields(field);
    const place = { marks: markOfField(fields, name, marks), isValue: isValue || valueNames.has(name) };
    const safeField = isKept ? field : redact(field, place, secrets);
    // Keys of maps can hold what somebody pasted.
    const safeName = removeBearerTokens(name);
    isChanged ||= safeField !== field || safeName !== name;
    safe.push([safeName, safeField]);
  }
  return isChanged ? Object.fromEntries(safe) : fields;
}

function markOfItem(marks: unknown, index: number): unknown {
  return marks === true || (Array.isArray(marks) && (marks[index] as unknown));
}

/** Where the engine puts the marks of a field beside it. */
const markNames: Readonly<Record<string, string>> = {
  before: "before_sensitive",
  after: "after_sensitive",
  values: "sensitive_values",
  value: "sensitive",
  default: "sensitive",
};

/** The marks of one field: those handed down, or those that the engine puts beside it. */
function markOfField(fields: Fields, name: string, marks: unknown): unknown {
  if (marks === true || isSecretField(name, fields[name])) return true;
  if (isFields(marks) && Object.hasOwn(marks, name)) return marks[name];
  const beside = Object.hasOwn(markNames, name) ? markNames[name] : undefined;
  if (beside !== undefined && Object.hasOwn(fields, beside)) return fields[beside];
  return isSecretExpression(name, fields[name]) ? { constant_value: true } : false;
}

function isSecretField(name: string, value: unknown): boolean {
  return secretNames.has(name) && typeof value === "string";
}

function isSecretExpression(name: string, value: unknown): boolean {
  return secretNames.has(name) && isFields(value) && "constant_value" in value;
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
  const safe = Object.entries(variables).map(([name, variable]) => [
    name,
    names.includes(name) ? { value: redactedText } : variable,
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
