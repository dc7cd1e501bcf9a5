import type { AttributePath } from "./attribute-path.ts";
import { absent, type AttributeValue, type PartlyKnown } from "./attribute-value.ts";
import { encodeAttribute, entryOf } from "./model-codec.ts";
import { type Attribute, namedAttributes, type Attributes, isComputed } from "./schema.ts";
import { type PlannedPlace, rebuildNested, rebuildObject, normalizePlan } from "./normalize-plan.ts";
import { equalValues, unknownValue, type Value } from "./value.ts";

/**
 * Plans one create or update as far as the schema alone can: the steps that are the same for every resource.
 *
 * First the proposed values are normalized: defaults are filled in, and a value that only spells the prior one differently
 * becomes the prior one. If the result equals the prior state, that is the plan, and the engine shows no change. Otherwise
 * the resource will be written, so every computed attribute that the configuration leaves out becomes unknown. Those with
 * `keepsPriorValue`, which no update changes, keep their prior value.
 *
 * @see Plugin protocol 6: PlanResourceChange
 */
export function planObject(attributes: Attributes, place: PlannedPlace): Value {
  const normalized = normalizePlan(attributes, place);
  if (equalValues(normalized, place.prior)) return place.prior;
  const isUpdate = place.prior.kind !== "null";
  return rebuildObject(attributes, { ...place, proposed: normalized }, (attribute, at) =>
    openUp(attribute, at, isUpdate),
  );
}

/** The planned value of one attribute of an object that changes: unknown, where the provider is to decide it. */
function openUp(attribute: Attribute, place: PlannedPlace, isUpdate: boolean): Value {
  const { config, proposed, prior } = place;
  if (config.kind !== "null") return rebuildNested(attribute.type, place, openUpNested);
  if (!isComputed(attribute) || attribute.mode === "defaulted") return proposed;
  return attribute.keepsPriorValue === true && isUpdate ? prior : unknownValue;
}

/**
 * As {@link openUp}, for the attributes of a nested object. An update of the resource may add an element to a list; such an
 * element has no prior value, and its computed attributes are unknown as those of a new resource are.
 */
function openUpNested(attribute: Attribute, place: PlannedPlace): Value {
  return openUp(attribute, place, place.prior.kind !== "null");
}

/** A plan with some attributes replaced by what the resource's own planning decided. */
export function withPlanned(
  attributes: Attributes,
  planned: Value,
  changes: Readonly<Record<string, AttributeValue<unknown> | PartlyKnown | undefined>>,
): Value {
  if (!("entries" in planned)) return planned;
  const changed = Object.entries(changes);
  if (changed.length === 0) return planned;
  const entries = new Map(planned.entries);
  for (const [name, change] of changed) {
    const attribute = attributes[name];
    if (attribute === undefined) throw new TypeError(`The provider planned ${name}, which is not in the schema`);
    if (change !== undefined) entries.set(name, encodeChange(attribute, change));
  }
  return { kind: "object", entries };
}

function encodeChange({ type }: Attribute, change: AttributeValue<unknown> | PartlyKnown): Value {
  if (change.kind !== "partly-known") return encodeAttribute(type, change);
  if (type.kind !== "object") throw new TypeError(`The provider planned parts of a ${type.kind}`);
  const entries = Object.entries(type.attributes).map(([name, attribute]) => {
    const part = change.attributes[name] ?? absent;
    return [name, encodeAttribute(attribute.type, part)] as const;
  });
  return { kind: "object", entries: new Map(entries) };
}

/** What {@link replacingPaths} compares. */
interface Change {
  readonly config: Value;
  readonly prior: Value;
  readonly planned: Value;
}

/**
 * The attributes whose change replaces the object, sorted. A computed value that became unknown in the plan does not count,
 * because the provider may decide the same value again.
 *
 * @param replacesAlways - every change replaces: for resources that cannot update
 */
export function replacingPaths(
  attributes: Attributes,
  change: Change,
  replacesAlways: boolean,
): readonly AttributePath[] {
  if (change.prior.kind === "null" || change.planned.kind === "null") return [];
  // A plan that changes nothing is the prior state itself.
  if (change.prior === change.planned) return [];
  return namedAttributes(attributes)
    .flatMap(({ name, attribute }) => pathsOf(name, attribute, { change, replacesAlways }))
    .sort((left, right) => JSON.stringify(left).localeCompare(JSON.stringify(right)));
}

function pathsOf(
  name: string,
  attribute: Attribute,
  { change, replacesAlways }: { readonly change: Change; readonly replacesAlways: boolean },
): readonly AttributePath[] {
  const inner: Change = {
    config: entryOf(change.config, name),
    prior: entryOf(change.prior, name),
    planned: entryOf(change.planned, name),
  };
  const isOpened = inner.planned.kind === "unknown" && inner.config.kind === "null";
  if (equalValues(inner.prior, inner.planned) || isOpened) return [];
  if (attribute.requiresReplace === true || replacesAlways) return [[name]];
  if (attribute.type.kind !== "object") return [];
  return replacingPaths(attribute.type.attributes, inner, false).map((path) => [name, ...path]);
}
