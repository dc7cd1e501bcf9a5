import type { Diagnostic } from "../../../src/framework/diagnostics.ts";
import { entryOf } from "../../../src/framework/model-codec.ts";
import type { PlanAnswer } from "../../../src/framework/provider-server.ts";
import { type Attribute, isComputed, isOptional, members, type Schema } from "../../../src/framework/schema.ts";
import { equalValues, nullValue, type Value } from "../../../src/framework/value.ts";
import { complete, type Engine, type Given, type Kept, proposed } from "../provider/given-provider.ts";
import { plain } from "../provider/values.ts";

/** What one run of an engine with `ignore_changes` came to. */
export interface Run {
  readonly kept: Kept;
  readonly isEmpty: boolean;
  readonly isReplaced: boolean;
  readonly errors: readonly Diagnostic[];
  /** What a real engine would call a mistake of the provider. */
  readonly mistakes: readonly string[];
}

/** The attributes of one object that an engine leaves as they are: `lifecycle { ignore_changes = … }`. */
export type Ignored = readonly string[] | "all";

const nothing: Kept = { state: nullValue, private: new Uint8Array(), identity: undefined };

/**
 * Refreshes, plans and applies as engines do with `ignore_changes`: while planning, the prior value of what is ignored
 * takes the place of what is configured; to apply, the provider gets the configuration as it is written.
 *
 * @see Terraform, internal/terraform/node_resource_abstract_instance.go: processIgnoreChanges; the same in OpenTofu
 */
export async function runIgnoring(
  { server }: Engine,
  change: { readonly typeName: string; readonly config: Given; readonly ignored: Ignored },
  kept: Kept = nothing,
): Promise<Run> {
  const { typeName, ignored } = change;
  const schema = schemaOf(server.schemas.resources, typeName);
  const config = complete(schema, change.config);
  const read =
    kept.state.kind === "null" ? { ...kept, diagnostics: [] } : await server.readResource({ typeName, ...kept });
  const fed = withPrior(schema, { config, prior: read.state, ignored });
  const planFrom = async (from: Kept) => {
    const asked = { typeName, config: fed, prior: from.state, proposed: proposed(schema, fed, from.state) };
    return server.planResourceChange({ ...asked, private: from.private, identity: from.identity });
  };
  const first = await planFrom(read);
  const isReplaced = replaces(first);
  const from = isReplaced ? nothing : read;
  const plan = isReplaced ? await planFrom(nothing) : first;
  const said = [...new Set([read, first, plan])].flatMap(({ diagnostics }) => diagnostics);
  const mistakes = invalidParts(schema, { config: fed, prior: from.state, planned: plan.planned });
  const isEmpty = equalValues(plan.planned, from.state);
  if (isEmpty || said.some(isError)) {
    return { kept: { ...read, private: plan.private }, isEmpty, isReplaced, errors: said.filter(isError), mistakes };
  }
  if (isReplaced) said.push(...(await server.applyResourceChange(deletionOf(typeName, read))).diagnostics);
  const asked = { typeName, config, prior: from.state, planned: plan.planned };
  const applied = await server.applyResourceChange({ ...asked, private: plan.private, identity: plan.identity });
  said.push(...applied.diagnostics);
  const errors = said.filter(isError);
  if (errors.length === 0 && !isAsPlanned(plan.planned, applied.state)) {
    mistakes.push(`planned ${JSON.stringify(plain(plan.planned))}, applied ${JSON.stringify(plain(applied.state))}`);
  }
  return { kept: applied, isEmpty, isReplaced, errors, mistakes };
}

/** An engine does not plan the replacement of what it may not change. */
function replaces({ requiresReplace, diagnostics }: PlanAnswer): boolean {
  return requiresReplace.length > 0 && !diagnostics.some(isError);
}

function deletionOf(typeName: string, { state, private: bytes, identity }: Kept) {
  return { typeName, config: nullValue, prior: state, planned: nullValue, private: bytes, identity };
}

function schemaOf(resources: Engine["server"]["schemas"]["resources"], typeName: string): Schema {
  const schema = resources.get(typeName)?.schema;
  if (schema === undefined) throw new Error(`no resource ${typeName}`);
  return schema;
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

interface Fed {
  readonly config: Value;
  readonly prior: Value;
  readonly ignored: Ignored;
}

/** The configuration that an engine plans with. What only the provider decides is never in it. */
function withPrior(schema: Schema, { config, prior, ignored }: Fed): Value {
  if (prior.kind === "null") return config;
  const entries = Object.entries(members(schema)).map(([name, attribute]) => {
    const isFed = ignored === "all" ? isConfigurable(attribute) : ignored.includes(name);
    return [name, entryOf(isFed ? prior : config, name)] as const;
  });
  return { kind: "object", entries: new Map(entries) };
}

function isConfigurable(attribute: Attribute): boolean {
  return !isComputed(attribute) || isOptional(attribute);
}

interface Plan {
  readonly config: Value;
  readonly prior: Value;
  readonly planned: Value;
}

/** What no plan may do: plan something else than what is configured, or than what was there before. */
function invalidParts(schema: Schema, { config, prior, planned }: Plan): string[] {
  if (planned.kind === "null") return [];
  return Object.entries(members(schema)).flatMap(([name, attribute]) => {
    const [asked, before, after] = [config, prior, planned].map((value) => entryOf(value, name));
    if (asked === undefined || before === undefined || after === undefined || attribute.writeOnly === true) return [];
    const isDecided = asked.kind === "null" && isComputed(attribute);
    if (isDecided || equalValues(after, asked) || (prior.kind !== "null" && equalValues(after, before))) return [];
    return [`${name} is configured as ${JSON.stringify(plain(asked))}, planned as ${JSON.stringify(plain(after))}`];
  });
}

/** Whether a state is what was planned, as far as that was known. */
function isAsPlanned(planned: Value, state: Value): boolean {
  if (planned.kind === "unknown") return true;
  if (!("entries" in planned) || !("entries" in state)) return equalValues(planned, state);
  return [...planned.entries].every(([name, entry]) => isAsPlanned(entry, entryOf(state, name)));
}
