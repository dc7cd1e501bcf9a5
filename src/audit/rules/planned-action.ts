import { allNeeds } from "../access/gap.ts";
import { isPartlyUnknown } from "../plan/attributes.ts";
import type { PlannedAction } from "../plan/plan.ts";
import { type Draft, listed, type PlanRule } from "./rule.ts";

/** What an action of our provider does. */
interface Deed {
  /** Continues its address. */
  readonly does: string;
  /** The arguments that decide whose access it takes. */
  readonly about: readonly string[];
}

const deeds: Readonly<Record<string, Deed>> = {
  qumulo_revoke_access_tokens: {
    does: "deletes the access tokens of a user: whatever uses one of them loses its access at once",
    about: ["user", "ids"],
  },
  qumulo_disable_access_token: {
    does: "disables an access token: whatever uses it loses its access until somebody enables it",
    about: ["id"],
  },
  qumulo_end_overlap: {
    does: "ends the overlap of a rotation: whatever has not changed over to the new bearer token loses its access at once",
    about: ["previous_id"],
  },
};

/** An action of the plan changes access, which no resource shows. */
export const plannedAction: PlanRule = {
  kind: "plan",
  id: "planned-action",
  severity: "medium",
  title: "An action changes access outside the resources",
  needs: [],
  check: ({ plan }) => plan.actions.filter((action) => !isIdle(action)).map(draftOf),
};

/** Without a token before the one in use, there is no overlap to end. */
function isIdle({ type, attributes: { values, unknown } }: PlannedAction): boolean {
  return (
    type === "qumulo_end_overlap" && values["previous_id"] === null && !unknownNames(unknown).includes("previous_id")
  );
}

function draftOf(action: PlannedAction): Draft {
  const { address, type, trigger, attributes } = action;
  const start = trigger === undefined ? "It runs by itself." : `It runs ${trigger}.`;
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
  const isOpen = attributes.unknown === true || isPartlyUnknown(attributes, deed.about);
  return {
    ...(isOpen ? { lacks: [] } : {}),
    what: `${address} ${deed.does}. ${start}`,
    todo: "Check that nothing needs these bearer tokens any more, or remove the action.",
    ...about,
  };
}

/** What it is asked for, with the names of what is decided during apply. */
function renderValues({ type, attributes: { values, unknown } }: PlannedAction): string {
  const told = Object.entries(values).flatMap(([name, value]) =>
    isShown(value) ? [`${name} = ${JSON.stringify(value)}`] : [],
  );
  const open = unknownNames(unknown).map((name) => `${name} is decided during apply`);
  return [type, ...[listed(told), listed(open)].filter((text) => text !== "")].join(", ");
}

function isShown(value: unknown): boolean {
  const isPlain = ["string", "number", "boolean"].includes(typeof value);
  return isPlain || (Array.isArray(value) && value.length > 0 && value.every(isShown));
}

function unknownNames(unknown: unknown): readonly string[] {
  if (typeof unknown !== "object" || unknown === null) return unknown === true ? ["all of it"] : [];
  return Object.entries(unknown).flatMap(([name, mark]) => (mark === false ? [] : [name]));
}
