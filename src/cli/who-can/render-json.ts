import * as v from "valibot";
import { riskOf } from "../../access/risk.ts";
import type { Holding } from "../../audit/questions/who-can.ts";
import { jsonText } from "../../audit/shown-text.ts";
import type { WhoCanAnswer } from "./render.ts";

/** The version of the JSON answer. Fields are only added within a major version. */
export const whoCanVersion = "1.0";

const holdingSchema = v.strictObject({
  identity: v.string(),
  address: v.optional(v.string()),
  is_group: v.boolean(),
  before: v.pipe(
    v.array(v.string()),
    v.description("The ways before the plan; in a state, a seed or a cluster as after."),
  ),
  after: v.pipe(v.array(v.string()), v.description("The ways after the plan, or now.")),
});

/** The shape of the JSON answer. */
export const whoCanSchema = v.strictObject({
  format_version: v.literal(whoCanVersion),
  privilege: v.string(),
  risk: v.string(),
  is_whole: v.pipe(v.boolean(), v.description("Whether nothing is unknown that decides about the answer.")),
  clusters: v.array(
    v.strictObject({
      cluster: v.optional(v.string()),
      holders: v.array(holdingSchema),
      can_come_to_it: v.array(holdingSchema),
      unknown: v.array(v.string()),
    }),
  ),
});

/** Renders who can do something, for programs. */
export function renderWhoCanJson({ privilege, answers }: WhoCanAnswer): string {
  const answer: v.InferOutput<typeof whoCanSchema> = {
    format_version: whoCanVersion,
    privilege,
    risk: riskOf(privilege),
    is_whole: answers.length > 0 && answers.every(({ unknown }) => unknown.length === 0),
    clusters: answers.map(({ cluster, holders, gainers, unknown }) => ({
      ...(cluster === undefined ? {} : { cluster }),
      holders: holders.map(holdingJson),
      can_come_to_it: gainers.map(holdingJson),
      unknown: [...unknown],
    })),
  };
  return jsonText(answer);
}

function holdingJson({ identity, address, isGroup, before, after }: Holding): v.InferOutput<typeof holdingSchema> {
  return {
    identity,
    ...(address === undefined ? {} : { address }),
    is_group: isGroup,
    before: [...before],
    after: [...after],
  };
}
