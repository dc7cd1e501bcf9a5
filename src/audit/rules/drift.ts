import type { PlanRule } from "./rule.ts";

/** Somebody has changed access outside the configuration. */
export const drift: PlanRule = {
  kind: "plan",
  id: "drift",
  severity: "medium",
  title: "Access was changed outside the configuration",
  needs: [],
  check: ({ plan }) =>
    plan.drift.map(({ address, action, attributes }) => ({
      what:
        action === "delete"
          ? `${address} is gone from the cluster, and no plan has deleted it.`
          : `${address} was changed on the cluster, and not by a plan.`,
      got: action === "delete" ? "gone" : `other values of ${attributes.join(", ")}`,
      todo: "Find out from the cluster's audit log who changed it, and why. Then apply, or take the change into the configuration.",
      address,
      subject: `${action} ${attributes.join(" ")}`,
    })),
};
