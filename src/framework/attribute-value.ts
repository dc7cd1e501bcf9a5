/** What Terraform knows of one attribute at this moment. */
export type AttributeValue<T> =
  | { readonly kind: "known"; readonly value: T }
  | { readonly kind: "null" } // the practitioner left it out
  | { readonly kind: "unknown" }; // decided during apply

/** An object of which some attributes are known and others are decided during apply. */
export interface PartlyKnown {
  readonly kind: "partly-known";
  readonly attributes: Readonly<Record<string, AttributeValue<unknown>>>;
}

/** The attribute that was left out. */
export const absent = { kind: "null" } as const;

/** The attribute that is decided during apply. */
export const undecided = { kind: "unknown" } as const;

/** An attribute with a value. */
export function known<T>(value: T): AttributeValue<T> {
  return { kind: "known", value };
}

/** The value where there is one now, otherwise `undefined`: left out and unknown alike. */
export function knownOrUndefined<T>(value: AttributeValue<T>): T | undefined {
  return value.kind === "known" ? value.value : undefined;
}

/** A value as the plan has it: known, or `null` for absent. */
export function knownOrAbsent<T>(value: T | null | undefined): AttributeValue<T> {
  return value === null || value === undefined ? absent : known(value);
}
