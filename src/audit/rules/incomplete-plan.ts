import type { Draft, PlanRule } from "./rule.ts";

/** The plan is not the whole plan. */
export const incompletePlan: PlanRule = {
  kind: "plan",
  id: "incomplete-plan",
  severity: "high",
  title: "The plan is incomplete",
  check: ({ plan }) => {
    const found: Draft[] = [];
    if (plan.isErrored) {
      found.push({
        what: "The engine failed while planning, so this plan lacks what it had not reached.",
        got: "errored",
        todo: "Correct what the engine reports, and plan again.",
        subject: "errored",
      });
    }
    if (!plan.isComplete) {
      found.push({
        what: "The engine has put off part of the changes, so more will follow that this plan does not show.",
        got: "complete is false, or there are deferred changes",
        todo: "Apply, then plan and audit again.",
        subject: "deferred",
      });
    }
    return found;
  },
};
