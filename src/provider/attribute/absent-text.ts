import { absent, type AttributeValue, known, knownOrUndefined } from "../../framework/attribute-value.ts";
import type { Validator } from "../../framework/schema.ts";

/*
 * Some texts may be left out, and empty text says the same to the cluster; the vendor's provider takes both, and keeps
 * empty text in state. Both are taken here, and whichever of them state or configuration has stays: engines demand that a
 * plan is what is configured or what was before, so that turning one into the other would be a change in every plan.
 */

/** Plans such a text: as it is configured, or otherwise as absent, in the form (empty or null) that the state has. */
export function planText<N extends string>(name: N, { config, planned, prior }: TextPlan<N>): AttributeValue<string> {
  if (config[name].kind !== "null") return planned[name];
  return prior?.[name] === "" ? known("") : absent;
}

/** What {@link planText} looks at. */
interface TextPlan<N extends string> {
  readonly config: Readonly<Record<N, AttributeValue<string>>>;
  readonly planned: Readonly<Record<N, AttributeValue<string>>>;
  readonly prior: Readonly<Record<N, string | null>> | undefined;
}

/**
 * Writes the cluster's value into state: `undefined` becomes empty text if the state had empty text before, and otherwise null.
 */
export function textOrUnset(text: string | undefined, before: string | null): string | null {
  return text ?? (before === "" ? "" : null);
}

/** The text that the cluster is asked for: empty text is none. */
export function setText(text: string | null | undefined): string | undefined {
  return text === null || text === "" ? undefined : text;
}

/** What a plan that is applied holds of such a text; what is unknown reads as none. */
export function plannedText(planned: AttributeValue<string>): string | null {
  return knownOrUndefined(planned) ?? null;
}

/** Lets empty text pass, and refuses what another validator refuses. */
export function emptyOr(validator: Validator<string>): Validator<string> {
  return { check: (text) => (text === "" ? undefined : validator.check(text)) };
}
