/** Way from a resource to one of its values: attribute names, then list positions (numbers) and map keys (`{ key }`). */
export type AttributePath = readonly AttributePathStep[];

/** One step of an {@link AttributePath}. Members of sets have no step: a path ends at their set. */
export type AttributePathStep = string | number | { readonly key: string };

/** Writes a path the way a practitioner would write the expression: `tags["env"]`, `rules[0].name`. */
export function renderPath(path: AttributePath): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (typeof step === "string") return index === 0 ? step : `.${step}`;
      return `[${JSON.stringify(step.key)}]`;
    })
    .join("");
}
