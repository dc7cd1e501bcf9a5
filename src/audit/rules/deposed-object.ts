import type { PlanRule } from "./rule.ts";

/** What a failed replacement has left behind. */
export const deposedObject: PlanRule = {
  kind: "plan",
  id: "deposed-object",
  severity: "medium",
  title: "A replacement has left its old object behind",
  needs: [],
  check: ({ plan }) =>
    plan.objects
      .filter(({ deposed }) => deposed !== undefined)
      .map(({ address, type, deposed, action }) => ({
        what: `${address} was replaced, and its old object still exists${type === "qumulo_access_token" ? ": both bearer tokens work" : ""}.`,
        got: `deposed object ${String(deposed)}`,
        todo: action === "delete" ? "Apply this plan: it deletes the old object." : "Plan without -target, and apply.",
        address,
        subject: "deposed",
      })),
};
