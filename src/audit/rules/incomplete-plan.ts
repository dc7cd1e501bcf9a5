import { allNeeds } from "../access/gap.ts";
import type { Plan } from "../plan/plan.ts";
import { type Draft, listed, type PlanRule } from "./rule.ts";

const mostNamed = 3;

/** The plan is not the whole plan. What is missing may be of any severity. */
export const incompletePlan: PlanRule = {
  kind: "plan",
  id: "incomplete-plan",
  severity: "critical",
  title: "The plan is incomplete",
  needs: [],
  check: ({ plan }) => [
    ...(plan.isErrored ? [errored] : []),
    ...narrowed(plan),
    ...plan.deferrals.map(({ address, reason }) => ({
      lacks: allNeeds,
      what: `${address} is put off by the engine: what access it gives or takes is in no plan yet.`,
      got: reason,
      todo: "Apply, then plan and audit again: that plan shows it.",
      address,
    })),
  ],
};

/** What is to be said of a plan, one of several, of which nothing was read. */
export function unreadDraft(name: string, fault: string): Draft {
  return {
    lacks: allNeeds,
    what: `${name} could not be read, so nothing in it was audited: ${fault}`,
    got: "a plan that cannot be read",
    todo: "Correct that, and audit all plans again.",
    subject: "unread",
  };
}

const errored: Draft = {
  what: "The engine failed while planning, so this plan lacks what it had not reached.",
  got: "errored",
  todo: "Correct what the engine reports, and plan again.",
  subject: "errored",
};

/** One finding, whether the engine says so or the plan shows it. */
function narrowed({ isErrored, isComplete, leftOut }: Plan): readonly Draft[] {
  if (leftOut.length > 0) {
    const count = leftOut.length === 1 ? "one resource" : `${leftOut.length} resources`;
    return [
      {
        what: `The plan says nothing of ${count} in the state, as one made with -target or -exclude does.`,
        got: listed(leftOut, mostNamed),
        todo: "Plan again without -target and -exclude. If part of the changes must go first, audit the next plan as well.",
        subject: "deferred",
      },
    ];
  }
  if (isComplete || isErrored) return [];
  return [
    {
      what: "The engine says that this plan is not complete: it was made with -target, or changes are put off that it does not show.",
      got: "complete is false, or there are deferred changes",
      todo: "Plan again without -target. If the engine has put changes off, apply, then plan and audit again.",
      subject: "deferred",
    },
  ];
}
