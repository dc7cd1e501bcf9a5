import type { Audit } from "../../audit.ts";
import { listed } from "../../../vocabulary/listed.ts";
import { type PlanSum, planSums } from "../plan-sums.ts";
import type { ReportOptions } from "../report-options.ts";
import { counted, planSumWords } from "../words.ts";
import { markup, type Markup } from "./markup.ts";

/** Gravest first. */
const verdicts = ["unread", "findings", "review", "passed", "clean"] as const;
const words: Readonly<Record<PlanSum["verdict"], string>> = {
  unread: "could not be read",
  findings: "not clean",
  review: "to be reviewed",
  passed: "passed",
  clean: "clean",
};
/** So many plans are named before the list is opened. */
const mostNamed = 4;

/** What the audit comes to for each of several plans: a line, which opens to a list. */
export function renderPlans(audit: Audit, options: ReportOptions): Markup | undefined {
  const { kind, plans } = audit;
  if (plans.length === 0) return undefined;
  const sums = planSums(audit, options);
  const parts = verdicts.flatMap((verdict) => partOf(sums, verdict));
  const sorted = sums.toSorted((left, right) => verdicts.indexOf(left.verdict) - verdicts.indexOf(right.verdict));
  return markup`<details id="plans">
    <summary>${counted(plans.length, kind, `${kind}s`)}: ${parts.map((part, at) => markup`${at === 0 ? undefined : ", "}${part}`)}</summary>
    <ul>
      ${sorted.map(renderPlan)}
    </ul>
  </details>`;
}

/** How many plans come to this; what is not in order is named. */
function partOf(sums: readonly PlanSum[], verdict: PlanSum["verdict"]): readonly Markup[] {
  const names = sums.filter((sum) => sum.verdict === verdict).map(({ name }) => name);
  if (names.length === 0) return [];
  const isFine = verdict === "clean" || verdict === "passed";
  const which = isFine ? undefined : ` (${listed(names, { most: mostNamed })})`;
  return [markup`<span class="${verdict}">${names.length} ${words[verdict]}${which}</span>`];
}

function renderPlan(sum: PlanSum): Markup {
  const [verdict, ...rest] = planSumWords(sum);
  return markup`<li><bdi class="plan">${sum.name}</bdi>: <span class="${sum.verdict}">${verdict}</span> ${rest.join(" ").trim()}</li>`;
}
