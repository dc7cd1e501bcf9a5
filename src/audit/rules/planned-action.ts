import { allNeeds } from "../access/gap.ts";
import { isPartlyUnknown } from "../plan/attributes.ts";
import type { PlannedAction } from "../plan/plan.ts";
import { type Draft, listed, type PlanRule } from "./rule.ts";

/** What each action does, continuing its address. */
const deeds: Readonly<Record<string, string>> = {
  qumulo_revoke_access_tokens:
    "deletes the access tokens of a user: whatever uses one of them loses its access at once",
  qumulo_disable_access_token: "disables an access token: whatever uses it loses its access until somebody enables it",
  qumulo_end_overlap:
    "ends the overlap of a rotation: whatever has not changed over to the new bearer token loses its access at once",
};

/** An action of the plan changes access, which no resource shows. */
export const plannedAction: PlanRule = {
  kind: "plan",
  id: "planned-action",
  severity: "medium",
  title: "An action changes access outside the resources",
  needs: [],
  check: ({ plan }) => plan.actions.map(draftOf),
};

function draftOf(action: PlannedAction): Draft {
  const { address, type, trigger, attributes } = action;
  const start = trigger === undefined ? "It runs by itself." : `It runs ${trigger.replace("_", " ")}.`;
  const deed = Object.hasOwn(deeds, type) ? deeds[type] : undefined;
  const about = { got: renderValues(action), address, subject: trigger ?? "" };
  if (deed === undefined) {
    return {
      lacks: allNeeds,
      what: `${address} is an action that the audit does not know: what access it gives or takes is not told. ${start}`,
      todo: "Review it by hand, or look for a newer version of this program.",
      ...about,
    };
  }
  const isOpen = isPartlyUnknown(attributes, [...Object.keys(attributes.values), ...unknownNames(attributes.unknown)]);
  return {
    ...(isOpen ? { lacks: [] } : {}),
    what: `${address} ${deed}. ${start}`,
    todo: "Check that nothing needs these bearer tokens any more, or remove the action.",
    ...about,
  };
}

/** What it is asked for, with the names of what is decided during apply. */
function renderValues({ type, attributes: { values, unknown } }: PlannedAction): string {
  const told = Object.entries(values).flatMap(([name, value]) =>
    ["string", "number", "boolean"].includes(typeof value) ? [`${name} = ${JSON.stringify(value)}`] : [],
  );
  const open = unknownNames(unknown).map((name) => `${name} is decided during apply`);
  return [type, ...[listed(told), listed(open)].filter((text) => text !== "")].join(", ");
}

function unknownNames(unknown: unknown): readonly string[] {
  if (typeof unknown !== "object" || unknown === null) return unknown === true ? ["all of it"] : [];
  return Object.entries(unknown).flatMap(([name, mark]) => (mark === false ? [] : [name]));
}
