import type { ShownExpression } from "../plan/shown-document.ts";
import { type Draft, type PlanRule, type PlanSubject } from "./rule.ts";

/** The provider talks to a cluster that it has not verified. */
export const insecureProvider: PlanRule = {
  kind: "plan",
  id: "insecure-provider",
  severity: "high",
  title: "The provider does not verify the cluster",
  needs: [],
  check: ({ plan }) =>
    Object.entries(plan.configuration.providers).flatMap(([key, { expressions }]) => {
      const insecure = flagOf(expressions?.["insecure"], plan.configuration);
      if (insecure === false) return [];
      return [insecure === true ? insecureDraft(key) : unknownDraft(key)];
    }),
};

function insecureDraft(key: string): Draft {
  return {
    what: `The provider configuration ${key} accepts any certificate: passwords and bearer tokens can be intercepted.`,
    got: "insecure is true",
    allowed: "ca_file, ca_pem or certificate_sha256",
    todo: "Remove insecure, and pin a self-signed certificate with certificate_sha256.",
    address: `provider.${key}`,
  };
}

function unknownDraft(key: string): Draft {
  return {
    lacks: [],
    what: `The plan does not tell whether the provider configuration ${key} accepts any certificate.`,
    got: "insecure is an expression",
    allowed: "a value, or a variable alone",
    todo: "Review what insecure comes to, or remove it.",
    address: `provider.${key}`,
  };
}

/** The value, or `undefined` where it is not told. Engines do not tell what an expression makes of its references. */
function flagOf(
  expression: ShownExpression | undefined,
  { variables }: PlanSubject["plan"]["configuration"],
): boolean | undefined {
  if (expression === undefined) return false;
  const { constant_value: constant, references = [] } = expression;
  if (references.length === 0) return constant === undefined || constant === null ? false : asFlag(constant);
  const flags = references.map((reference) => {
    const variable = variables[reference.replace(/^var\./, "")];
    return variable !== undefined && (variable.value ?? null) === null ? false : asFlag(variable?.value);
  });
  if (flags.includes(true)) return true;
  return flags.length === 1 ? flags[0] : undefined;
}

function asFlag(value: unknown): boolean | undefined {
  const text = String(value);
  return text === "true" || text === "false" ? text === "true" : undefined;
}
