import type { Configuration } from "../plan/configuration.ts";
import type { ShownExpression } from "../plan/shown-document.ts";
import type { PlanRule } from "./rule.ts";

/** The provider talks to a cluster that it has not verified. */
export const insecureProvider: PlanRule = {
  kind: "plan",
  id: "insecure-provider",
  severity: "high",
  title: "The provider does not verify the cluster",
  check: ({ plan }) =>
    Object.entries(plan.configuration.providers)
      .filter(([, { expressions }]) => isTrue(expressions?.["insecure"], plan.configuration))
      .map(([key]) => ({
        what: `The provider configuration ${key} accepts any certificate: passwords and bearer tokens can be read on the way.`,
        got: "insecure is true",
        allowed: "ca_file, ca_pem or certificate_sha256",
        todo: "Take insecure out, and pin a self-signed certificate with certificate_sha256.",
        address: `provider.${key}`,
      })),
};

function isTrue(expression: ShownExpression | undefined, { variables }: Configuration): boolean {
  if (expression?.constant_value === true || expression?.constant_value === "true") return true;
  return (expression?.references ?? []).some((reference) => {
    const value = variables[reference.replace(/^var\./, "")]?.value;
    return value === true || value === "true";
  });
}
