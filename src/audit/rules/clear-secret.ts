import type { ShownExpression } from "../plan/shown-document.ts";
import type { Draft, PlanRule } from "./rule.ts";

const secretArguments = ["password", "password_wo", "bearer_token"];

/** The configuration contains a secret itself. */
export const clearSecret: PlanRule = {
  kind: "plan",
  id: "clear-secret",
  severity: "high",
  title: "The configuration contains a secret",
  needs: [],
  check: ({ plan }) => {
    const { providers, resources } = plan.configuration;
    return [
      ...Object.entries(providers).flatMap(([key, { expressions }]) => secretsIn(expressions, `provider.${key}`)),
      ...[...resources]
        .filter(([, { type }]) => type.startsWith("qumulo_"))
        .flatMap(([address, { expressions }]) => secretsIn(expressions, address)),
    ];
  },
};

function secretsIn(
  expressions: Readonly<Record<string, ShownExpression>> | undefined,
  address: string,
): readonly Draft[] {
  return secretArguments
    .filter((name) => typeof expressions?.[name]?.constant_value === "string")
    .map((name) => ({
      what: `${name} of ${address} is written in the configuration: whoever can read the repository knows it.`,
      got: "clear text",
      allowed: "a sensitive variable, or the environment",
      todo: "Change the secret, since it is known, and pass the new one in a sensitive variable or in the environment.",
      address,
      subject: name,
    }));
}
