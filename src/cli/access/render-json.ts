import * as v from "valibot";
import { riskOf } from "../../access/risk.ts";
import type { AccessAnswer, Had } from "../../audit/questions/access-of.ts";
import type { Sides } from "../../audit/questions/routes.ts";
import { tokenJson, tokenSchema } from "../../audit/report/json-report.ts";
import { jsonText } from "../../audit/shown-text.ts";
import type { AccessFound } from "./render.ts";

/** The version of the JSON answer. Fields are only added within a major version. */
export const accessVersion = "1.0";

const sides = {
  before: v.pipe(
    v.array(v.string()),
    v.description("The ways before the plan; in a state, a seed or a cluster as after."),
  ),
  after: v.pipe(v.array(v.string()), v.description("The ways after the plan, or now.")),
};

/** The shape of the JSON answer. */
export const accessSchema = v.strictObject({
  format_version: v.literal(accessVersion),
  is_whole: v.pipe(v.boolean(), v.description("Whether nothing is unknown that decides about the answer.")),
  clusters: v.array(
    v.strictObject({
      cluster: v.optional(v.string()),
      identity: v.string(),
      names: v.array(v.string()),
      address: v.optional(v.string()),
      is_group: v.boolean(),
      members: v.array(v.string()),
      administrator: v.strictObject(sides),
      roles: v.array(v.strictObject({ role: v.string(), ...sides })),
      privileges: v.array(v.strictObject({ privilege: v.string(), risk: v.string(), ...sides })),
      can_come_to: v.strictObject(sides),
      tokens: v.array(tokenSchema),
      unknown: v.array(v.string()),
    }),
  ),
});

type AccessJson = v.InferOutput<typeof accessSchema>;

/** Renders all access of one identity, for programs. */
export function renderAccessJson({ answers }: AccessFound): string {
  const answer: AccessJson = {
    format_version: accessVersion,
    is_whole: answers.every(({ unknown }) => unknown.length === 0),
    clusters: answers.map(answerJson),
  };
  return jsonText(answer);
}

function answerJson(answer: AccessAnswer): AccessJson["clusters"][number] {
  const { cluster, identity, names, address, isGroup, members, unknown } = answer;
  return {
    ...(cluster === undefined ? {} : { cluster }),
    identity,
    names: [...names],
    ...(address === undefined ? {} : { address }),
    is_group: isGroup,
    members: [...members],
    administrator: sidesJson(answer.administrator),
    roles: answer.roles.map((had) => ({ role: had.name, ...sidesJson(had) })),
    privileges: answer.privileges.map((had) => ({ privilege: had.name, risk: riskOf(had.name), ...sidesJson(had) })),
    can_come_to: sidesJson(answer.gains),
    tokens: answer.tokens.map(tokenJson),
    unknown: [...unknown],
  };
}

function sidesJson({ before, after }: Sides | Had): { before: string[]; after: string[] } {
  return { before: [...before], after: [...after] };
}
