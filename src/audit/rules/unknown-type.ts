import { allNeeds } from "../access/gap.ts";
import { isKnownType } from "../access/records.ts";
import type { PlanRule } from "./rule.ts";

/** The audit does not know what a resource does. */
export const unknownType: PlanRule = {
  kind: "plan",
  id: "unknown-type",
  severity: "critical",
  title: "The audit does not know a type of resource",
  needs: [],
  check: ({ plan }) =>
    plan.objects
      .filter(({ type, mode, action }) => mode === "managed" && action !== "none" && !isKnownType(type))
      .map(({ address, type }) => ({
        lacks: allNeeds,
        what: `${address} changes, and the audit does not know what access a ${type} gives.`,
        got: type,
        todo: "Review it by hand, or look for a newer version of this program.",
        address,
      })),
};
