/** What Terraform knows of one attribute at this moment. */
export type AttributeValue<T> =
  | { readonly kind: "known"; readonly value: T }
  | { readonly kind: "null" } // the practitioner left it out
  | { readonly kind: "unknown" }; // decided during apply

/** The attribute that was left out. */
export const absent = { kind: "null" } as const;

/** An attribute with a value. */
export function known<T>(value: T): AttributeValue<T> {
  return { kind: "known", value };
}

/** The value where there is one now, otherwise `undefined`: left out and unknown alike. */
export function knownOrUndefined<T>(value: AttributeValue<T>): T | undefined {
  return value.kind === "known" ? value.value : undefined;
}
