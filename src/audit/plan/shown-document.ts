import * as v from "valibot";
import { recordOf } from "../../vocabulary/record-schema.ts";
import { AuditError } from "../audit-error.ts";

/** An object as it is, with every name in it. Plans have hundreds of thousands of them: none is copied. */
const unread = { ...v.custom<Readonly<Record<string, unknown>>>(isFields), expects: "Object" } as const;

const changeSchema = v.object({
  actions: v.array(v.string()),
  before: v.optional(v.nullable(unread)),
  after: v.optional(v.nullable(unread)),
  // What nearly all are comes first: to refuse takes longer than to read.
  after_unknown: v.optional(v.union([unread, v.boolean()])),
  importing: v.optional(v.nullable(v.unknown())),
});

const resourceChangeSchema = v.object({
  address: v.string(),
  previous_address: v.optional(v.string()),
  mode: v.picklist(["managed", "data", "ephemeral"]),
  type: v.string(),
  deposed: v.optional(v.string()),
  action_reason: v.optional(v.string()),
  change: v.unknown(),
});

/** What an action of Terraform 1.14 and later is called, asked for and started by. */
const actionSchema = v.object({
  address: v.string(),
  type: v.string(),
  provider_name: v.optional(v.string()),
  config_values: v.optional(v.nullable(unread)),
  config_unknown: v.optional(v.union([unread, v.boolean()])),
  lifecycle_action_trigger: v.optional(
    v.object({
      triggering_resource_address: v.optional(v.string()),
      action_trigger_event: v.optional(v.string()),
    }),
  ),
});

/** An action that a plan starts. */
export type ShownAction = v.InferOutput<typeof actionSchema>;

/** A change or an action that the engine has deferred. */
const deferredSchema = v.object({
  reason: v.optional(v.string()),
  resource_change: v.optional(v.object({ address: v.string(), type: v.string() })),
  action_invocation: v.optional(actionSchema),
});

const resourceSchema = v.object({
  address: v.string(),
  mode: v.picklist(["managed", "data", "ephemeral"]),
  type: v.string(),
  deposed_key: v.optional(v.string()),
  values: v.optional(v.nullable(v.unknown())),
});

/** A module of a state, with the modules in it. */
export interface ShownModule {
  readonly resources?: readonly v.InferOutput<typeof resourceSchema>[] | undefined;
  readonly child_modules?: readonly ShownModule[] | undefined;
}

const moduleSchema: v.GenericSchema<unknown, ShownModule> = v.object({
  resources: v.optional(v.array(resourceSchema)),
  child_modules: v.optional(v.array(v.lazy(() => moduleSchema))),
});

const valuesSchema = v.object({ root_module: v.optional(moduleSchema) });

/** An expression of the configuration, as far as the engine tells it. */
export interface ShownExpression {
  readonly constant_value?: unknown;
  readonly references?: readonly string[] | undefined;
}

const expressionSchema = v.object({ constant_value: v.unknown(), references: v.optional(v.array(v.string())) });
const partialExpression = v.partial(expressionSchema);
/** Nested blocks are lists or objects of expressions; none of ours has any. */
const expressionsSchema = v.optional(recordOf(v.fallback(partialExpression, {})));

const configuredResourceSchema = v.object({
  mode: v.string(),
  type: v.string(),
  name: v.string(),
  provider_config_key: v.optional(v.string()),
  expressions: expressionsSchema,
  for_each_expression: v.optional(v.fallback(partialExpression, {})),
});

/** A resource of the configuration. */
export type ShownConfiguredResource = v.InferOutput<typeof configuredResourceSchema>;

/** A module of the configuration, with the modules that it calls. */
export interface ShownConfiguredModule {
  readonly resources?: readonly ShownConfiguredResource[] | undefined;
  readonly outputs?: Readonly<Record<string, { readonly expression?: ShownExpression | undefined }>> | undefined;
  readonly module_calls?:
    | Readonly<
        Record<
          string,
          {
            readonly expressions?: Readonly<Record<string, ShownExpression>> | undefined;
            readonly module?: ShownConfiguredModule | undefined;
          }
        >
      >
    | undefined;
}

const configuredModuleSchema: v.GenericSchema<unknown, ShownConfiguredModule> = v.object({
  resources: v.optional(v.array(configuredResourceSchema)),
  outputs: v.optional(recordOf(v.object({ expression: v.optional(v.fallback(partialExpression, {})) }))),
  module_calls: v.optional(
    recordOf(v.object({ expressions: expressionsSchema, module: v.optional(v.lazy(() => configuredModuleSchema)) })),
  ),
});

const providerConfigSchema = v.object({
  name: v.string(),
  full_name: v.optional(v.string()),
  module_address: v.optional(v.string()),
  expressions: expressionsSchema,
});

const configurationSchema = v.object({
  provider_config: v.optional(recordOf(providerConfigSchema)),
  root_module: v.optional(configuredModuleSchema),
});

const documentSchema = v.object({
  format_version: v.string(),
  terraform_version: v.optional(v.string()),
  timestamp: v.optional(v.string()),
  variables: v.optional(recordOf(v.object({ value: v.optional(v.unknown()) }))),
  planned_values: v.optional(valuesSchema),
  resource_drift: v.optional(v.array(resourceChangeSchema)),
  resource_changes: v.optional(v.array(resourceChangeSchema)),
  deferred_changes: v.optional(v.array(deferredSchema)),
  action_invocations: v.optional(v.array(actionSchema)),
  deferred_action_invocations: v.optional(v.array(deferredSchema)),
  prior_state: v.optional(v.object({ values: v.optional(valuesSchema) })),
  configuration: v.optional(configurationSchema),
  values: v.optional(valuesSchema),
  errored: v.optional(v.boolean()),
  complete: v.optional(v.boolean()),
  applyable: v.optional(v.boolean()),
});

/** The parts of a document from `show -json` that the audit reads; everything else is ignored. */
export type ShownDocument = v.InferOutput<typeof documentSchema>;
/** One entry of `resource_changes` or `resource_drift`. */
export type ShownResourceChange = v.InferOutput<typeof resourceChangeSchema>;
/** The change of one resource of ours. */
export type ShownChange = v.InferOutput<typeof changeSchema>;
/** One resource in a state. */
export type ShownResource = v.InferOutput<typeof resourceSchema>;

/** The provider configurations of a document. */
export type ShownProviderConfigs = NonNullable<v.InferOutput<typeof configurationSchema>["provider_config"]>;

const remedy = 'Pass on what "show -json FILE" prints for a saved plan, or "show -json" for the state.';

/** Other documents that engines print, each recognized by a field that only it has. */
const others: Readonly<Record<string, string>> = {
  provider_schemas: 'the output of "providers schema -json"',
  diagnostics: 'the output of "validate -json"',
  function_signatures: 'the output of "metadata functions -json"',
  provider_selections: 'the output of "version -json"',
  lineage: "a state as the engine keeps it",
};

/**
 * Checks a document and reads what the audit needs of it.
 *
 * @throws {AuditError} when it is neither a plan nor a state of a format that is known here
 */
export function parseShownDocument(document: unknown): ShownDocument {
  const isObject = typeof document === "object" && document !== null && !Array.isArray(document);
  if (!isObject) throw new AuditError("input", `This JSON is neither a plan nor a state. ${remedy}`);
  for (const [field, what] of Object.entries(others)) {
    if (field in document)
      throw new AuditError("input", `This is ${what}, and not what "show -json" prints. ${remedy}`);
  }
  if (!("format_version" in document)) {
    throw new AuditError("input", `This JSON has no format_version, so it is neither a plan nor a state. ${remedy}`);
  }
  checkVersion(document.format_version);
  const isPlan = ["resource_changes", "planned_values", "configuration", "prior_state"].some((it) => it in document);
  if (!isPlan && !("values" in document)) {
    throw new AuditError(
      "input",
      `There is neither a plan nor a state in it: engines print this where no state exists. Run "show -json" in the folder of the configuration, or name the plan file.`,
    );
  }
  return checkShape(documentSchema, document, "");
}

/**
 * Reads the change of one resource.
 *
 * @throws {AuditError} when it is malformed
 */
export function parseShownChange(resource: ShownResourceChange): ShownChange {
  return checkShape(changeSchema, resource.change, `${resource.address}: `);
}

function isFields(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkVersion(version: unknown): void {
  const major = typeof version === "string" ? /^(\d+)\.\d+$/.exec(version)?.[1] : undefined;
  if (major === "1") return;
  const met = major === undefined ? "format_version is not a version" : `format_version has the major version ${major}`;
  throw new AuditError("input", `${met}, and 1 is what this program reads. Look for a newer version of it.`);
}

function checkShape<T extends v.GenericSchema>(schema: T, value: unknown, place: string): v.InferOutput<T> {
  let result;
  try {
    result = v.safeParse(schema, value, { abortEarly: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AuditError("input", `${place}It is nested too deep. ${remedy}`);
  }
  if (result.success) return result.output;
  const [issue] = result.issues;
  // Expected types only: what is there may be a secret.
  const where = v.getDotPath(issue) ?? "the document";
  const got = issue.received.startsWith('"') ? "a text" : issue.received;
  throw new AuditError(
    "input",
    `${place}${where} is ${got}, and ${issue.expected ?? "something else"} belongs there. ${remedy}`,
  );
}
