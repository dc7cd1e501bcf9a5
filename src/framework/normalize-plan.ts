import { changeEntries, decodeValue, encodeValue, entryOf } from "./model-codec.ts";
import { type Attribute, type Attributes, type AttributeType, isComputed, members, type Schema } from "./schema.ts";
import { equalValues, isWhollyKnown, nullValue, type Value } from "./value.ts";

/** The three views of one place in an object that planning needs side by side. */
export interface PlannedPlace {
  readonly config: Value;
  readonly proposed: Value;
  readonly prior: Value;
}

/**
 * The proposed object with everything decided that needs no provider: defaults where the practitioner set nothing,
 * write-only attributes emptied, and a new spelling of the old meaning turned back into the old spelling.
 */
export function normalizePlan(attributes: Attributes, place: PlannedPlace): Value {
  return rebuildObject(attributes, place, normalizeAttribute);
}

/** Computes a new value for each attribute of an object; an object that is null or unknown stays as it is proposed. */
export function rebuildObject(
  attributes: Attributes,
  place: PlannedPlace,
  rebuild: (attribute: Attribute, place: PlannedPlace) => Value,
): Value {
  if (!("entries" in place.proposed)) return place.proposed;
  return changeEntries(place.proposed, attributes, ({ name, attribute }) =>
    rebuild(attribute, {
      config: entryOf(place.config, name),
      proposed: entryOf(place.proposed, name),
      prior: entryOf(place.prior, name),
    }),
  );
}

/** Does the same for each element of a nested attribute, together with the configuration and the prior value of that element. */
export function rebuildNested(
  type: AttributeType,
  place: PlannedPlace,
  rebuild: (attribute: Attribute, place: PlannedPlace) => Value,
): Value {
  const { proposed } = place;
  if (type.kind === "object") return rebuildObject(type.attributes, place, rebuild);
  if (!("element" in type) || !holdsObjects(type)) return proposed;
  const { element } = type;
  const inside = (at: PlannedPlace) => rebuildNested(element, at, rebuild);
  if ("elements" in proposed) {
    const siblings = siblingsOf(type, place);
    return { ...proposed, elements: proposed.elements.map((value, index) => inside(siblings(value, index))) };
  }
  if ("entries" in proposed) {
    const entries = [...proposed.entries].map(([key, value]) => {
      const at = { config: entryOf(place.config, key), proposed: value, prior: entryOf(place.prior, key) };
      return [key, inside(at)] as const;
    });
    return { kind: "map", entries: new Map(entries) };
  }
  return proposed;
}

function normalizeAttribute(attribute: Attribute, place: PlannedPlace): Value {
  const { config, proposed } = place;
  if (attribute.writeOnly === true) return nullValue;
  if (config.kind === "null" && attribute.mode === "defaulted") {
    const decided = encodeValue(attribute.type, attribute.default);
    return equalValues(decided, proposed) ? proposed : decided;
  }
  if (config.kind === "null") return proposed;
  return keepSpelling(attribute, {
    current: place.prior,
    next: rebuildNested(attribute.type, place, normalizeAttribute),
  });
}

/** The current value where the next one means the same, otherwise the next one. */
export function keepSpelling(
  attribute: Attribute,
  { current, next }: { readonly current: Value; readonly next: Value },
): Value {
  if (attribute.sameMeaning === undefined || current.kind === "null" || next.kind === "null") return next;
  if (!isWhollyKnown(current) || !isWhollyKnown(next)) return next;
  if (equalValues(current, next)) return current;
  const isSame = attribute.sameMeaning(
    // Both were encoded by this attribute's own type, which is what sameMeaning takes.
    decodeValue(attribute.type, current, []) as never,
    decodeValue(attribute.type, next, []) as never,
  );
  return isSame ? current : next;
}

function holdsObjects(type: AttributeType): boolean {
  if (type.kind === "object") return true;
  return "element" in type && holdsObjects(type.element);
}

/** Finds what belongs to one element: by position in lists; in sets by what the practitioner wrote, as the engine does. */
function siblingsOf(
  type: Extract<AttributeType, { readonly element: AttributeType }>,
  place: PlannedPlace,
): (proposed: Value, index: number) => PlannedPlace {
  const elementsOf = (value: Value): readonly Value[] => ("elements" in value ? value.elements : []);
  const configured = elementsOf(place.config);
  const prior = elementsOf(place.prior);
  if (type.kind !== "set") {
    return (proposed, index) => ({
      config: configured[index] ?? nullValue,
      proposed,
      prior: prior[index] ?? nullValue,
    });
  }
  return (proposed) => ({
    config: configured.find((element) => agrees(type.element, element, proposed)) ?? nullValue,
    proposed,
    prior: prior.find((element) => equalValues(element, proposed)) ?? nullValue,
  });
}

/** Whether a proposed value is the configured one, with what the practitioner left to the provider filled in. */
function agrees(type: AttributeType, config: Value, proposed: Value): boolean {
  if (type.kind !== "object") return equalValues(config, proposed);
  if (!("entries" in config) || !("entries" in proposed)) return config.kind === proposed.kind;
  return Object.entries(type.attributes).every(([name, attribute]) => {
    const configured = entryOf(config, name);
    if (configured.kind === "null" && isComputed(attribute)) return true;
    return agrees(attribute.type, configured, entryOf(proposed, name));
  });
}

/** A new object, each value spelled as the current one has it where both spellings mean the same. */
export function withSpellingOf(
  schema: Schema,
  { current, next }: { readonly current: Value; readonly next: Value },
): Value {
  if (!("entries" in next)) return next;
  return changeEntries(next, members(schema), ({ name, attribute }) =>
    keepSpelling(attribute, { current: entryOf(current, name), next: entryOf(next, name) }),
  );
}
