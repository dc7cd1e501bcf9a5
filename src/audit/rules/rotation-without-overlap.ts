import { parseDuration } from "../../vocabulary/duration.ts";
import { rotationOf } from "../access/token-rotation.ts";
import { type Attributes, knownOf, readText } from "../plan/attributes.ts";
import type { PlannedObject } from "../plan/plan.ts";
import type { Draft, PlanRule } from "./rule.ts";

/** A rotation leaves the old access token no time, or less than the policy asks. */
export const rotationWithoutOverlap: PlanRule = {
  kind: "plan",
  id: "rotation-without-overlap",
  severity: "high",
  title: "A rotation leaves the old access token too little time",
  needs: [],
  check: ({ plan, policy }) => {
    const least = policy.required_overlap;
    return plan.objects.flatMap((object) => checkOverlap(object, least));
  },
};

function checkOverlap(object: PlannedObject, least: string | undefined): readonly Draft[] {
  const { type, mode, after } = object;
  if (type !== "qumulo_access_token" || mode !== "managed" || after === undefined) return [];
  // Without a policy, what no rotation uses yet is a plan for later.
  return least === undefined && rotationOf(object) === "none" ? [] : judgeOverlap(object, after, least);
}

function judgeOverlap(object: PlannedObject, after: Attributes, least: string | undefined): readonly Draft[] {
  const overlap = readText(after, "overlap");
  if (overlap.kind === "null") return [];
  const text = knownOf(overlap) ?? "";
  const ms = parseDuration(text);
  if (ms === undefined) return [unknownOverlap(object)];
  return ms < msOf(least ?? "1s") ? [draftOf(object, text, least)] : [];
}

function msOf(duration: string): number {
  return parseDuration(duration) ?? Number.POSITIVE_INFINITY;
}

function draftOf(object: PlannedObject, overlap: string, least: string | undefined): Draft {
  const { address } = object;
  const time = parseDuration(overlap) === 0 ? "no time" : overlap;
  return {
    // Where the rotation itself is not known, there is something to look at, and nothing wrong yet.
    ...(least === undefined && rotationOf(object) === "maybe" ? { lacks: [] } : {}),
    what: `${address} ${verbs[rotationOf(object)]}, and programs with the old bearer token then have ${time} to change over.`,
    got: `overlap is "${overlap}"`,
    allowed: least === undefined ? 'more than none, for example "24h"' : `at least "${least}"`,
    todo: "Set overlap to the time that handing out a new bearer token takes.",
    address,
  };
}

const verbs = {
  certain: "is rotated now",
  maybe: "may be rotated now, which is decided during apply",
  none: "will be rotated one day",
} as const;

function unknownOverlap({ address }: PlannedObject): Draft {
  return {
    lacks: [],
    what: `How long the old bearer token of ${address} works after a rotation is decided during apply.`,
    got: "an overlap that is not known",
    todo: "Review it by hand: look up what overlap can become.",
    address,
  };
}
