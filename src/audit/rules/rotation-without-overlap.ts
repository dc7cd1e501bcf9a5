import { parseDuration } from "../../vocabulary/duration.ts";
import { knownOf, readText } from "../plan/attributes.ts";
import type { PlannedObject } from "../plan/plan.ts";
import type { Draft, PlanRule } from "./rule.ts";

/** A rotation leaves the old access token no time, or less than the policy asks. */
export const rotationWithoutOverlap: PlanRule = {
  kind: "plan",
  id: "rotation-without-overlap",
  severity: "high",
  title: "A rotation leaves the old access token too little time",
  check: ({ plan, policy }) => {
    const least = policy.required_overlap;
    return plan.objects.flatMap((object) => checkOverlap(object, least));
  },
};

function checkOverlap(object: PlannedObject, least: string | undefined): readonly Draft[] {
  const { type, mode, after } = object;
  if (type !== "qumulo_access_token" || mode !== "managed" || after === undefined) return [];
  const overlap = knownOf(readText(after, "overlap"));
  // Without a policy, what no rotation uses yet is a plan for later.
  if (overlap === undefined || (least === undefined && !isRotation(object))) return [];
  return msOf(overlap) < msOf(least ?? "1s") ? [draftOf(object, overlap, least)] : [];
}

function draftOf(object: PlannedObject, overlap: string, least: string | undefined): Draft {
  const { address } = object;
  const verb = isRotation(object) ? "is rotated now" : "will be rotated one day";
  const time = msOf(overlap) === 0 ? "no time" : overlap;
  return {
    what: `${address} ${verb}, and programs with the old bearer token then have ${time} to change over.`,
    got: `overlap is "${overlap}"`,
    allowed: least === undefined ? 'more than none, for example "24h"' : `at least "${least}"`,
    todo: "Set overlap to the time that handing out a new bearer token takes.",
    address,
  };
}

function msOf(duration: string): number {
  return parseDuration(duration) ?? Number.POSITIVE_INFINITY;
}

/** A rotation is an update after which the token has another id. */
function isRotation({ action, before, after }: PlannedObject): boolean {
  if (action !== "update" || before === undefined || after === undefined) return false;
  return readText(after, "id").kind === "unknown" && readText(before, "id").kind === "known";
}
