import type { AttributeValue } from "./attribute-value.ts";
import type { Attribute, AttributeState, Block, ModelValue, Schema } from "./schema.ts";

/** Everything that an object of this schema consists of: its attributes, and its blocks as if they were nested attributes. */
export type Members<S extends Pick<Schema, "attributes" | "blocks">> = S["attributes"] & {
  readonly [K in keyof NonNullable<S["blocks"]>]: BlockMember<NonNullable<S["blocks"]>[K]>;
};

/** A block seen as a nested attribute: a `single` one may be missing, the others may be empty. */
type BlockMember<B> = B extends Block
  ? B["nesting"] extends "single"
    ? Attribute<{ readonly kind: "object"; readonly attributes: Members<B> }, "optional">
    : B["nesting"] extends "group"
      ? Attribute<{ readonly kind: "object"; readonly attributes: Members<B> }, "required">
      : Attribute<
          {
            readonly kind: Extract<B["nesting"], "list" | "set" | "map">;
            readonly element: { readonly kind: "object"; readonly attributes: Members<B> };
          },
          "required"
        >
  : never;

type Names<S extends Schema> = keyof Members<S> & string;

type Member<S extends Schema, K extends Names<S>> = Members<S>[K] extends Attribute ? Members<S>[K] : never;

/** A whole object as state holds it: everything known, absence is `null`. Write-only attributes are always `null`. */
export type StateModel<S extends Schema> =
  IsAnySchema<S> extends true
    ? Readonly<Record<string, unknown>>
    : { readonly [K in Names<S>]: AttributeState<Member<S, K>> };

/** A whole object as configuration or plan holds it: each attribute known, null or unknown. One that is known in parts is unknown. */
export type ConfigModel<S extends Schema> =
  IsAnySchema<S> extends true
    ? Readonly<Record<string, AttributeValue<unknown>>>
    : { readonly [K in Names<S>]: AttributeValue<ModelValue<Member<S, K>["type"]>> };

/**
 * A plan while it is applied: what only the practitioner decides is known by now and reads like state; what the
 * provider decides may still be unknown.
 */
export type PlannedModel<S extends Schema> =
  IsAnySchema<S> extends true
    ? Readonly<Record<string, unknown>>
    : { readonly [K in Names<S>]: PlannedAttribute<Member<S, K>> };

/** Whether a schema's attributes are not known to the type checker, as in the framework itself. */
type IsAnySchema<S extends Schema> = string extends keyof S["attributes"] ? true : false;

type PlannedAttribute<A extends Attribute> = A["mode"] extends "computed" | "optionalComputed"
  ? AttributeValue<ModelValue<A["type"]>>
  : AttributeState<A>;
