import type { AttributeValue } from "./attribute-value.ts";
import type { Attribute, Attributes, AttributeState, ModelValue, Schema } from "./schema.ts";

/** The attributes of one schema. */
export type AttributesOf<S extends Schema> = S["attributes"];

type Named<A extends Attributes> = { readonly [K in keyof A & string]: A[K] };

/** A whole object as state holds it: everything known, absence is `null`. Write-only attributes are always `null`. */
export type StateModel<S extends Schema> = {
  readonly [K in keyof Named<AttributesOf<S>>]: AttributeState<AttributesOf<S>[K]>;
};

/** A whole object as configuration or plan holds it: each attribute known, null or unknown. */
export type ConfigModel<S extends Schema> = {
  readonly [K in keyof Named<AttributesOf<S>>]: AttributeValue<ModelValue<AttributesOf<S>[K]["type"]>>;
};

/**
 * A plan while it is applied: what only the practitioner decides is known by now and reads like state; what the
 * provider decides may still be unknown.
 */
export type PlannedModel<S extends Schema> = {
  readonly [K in keyof Named<AttributesOf<S>>]: PlannedAttribute<AttributesOf<S>[K]>;
};

type PlannedAttribute<A extends Attribute> = A["mode"] extends "computed" | "optionalComputed"
  ? AttributeValue<ModelValue<A["type"]>>
  : AttributeState<A>;
