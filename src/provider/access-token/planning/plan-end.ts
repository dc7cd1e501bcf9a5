import { isCoreWith } from "../../../vocabulary/core-features.ts";
import {
  absent,
  type AttributeValue,
  known,
  knownOrAbsent,
  knownOrUndefined,
  undecided,
} from "../../../framework/attribute-value.ts";
import type { PlanContext } from "../../../framework/resource.ts";
import type { Clock } from "../../../vocabulary/clock.ts";
import { instantOf, isSameInstant, parseInstant } from "../../../vocabulary/instant.ts";
import type { Connection } from "../../connection.ts";
import type { AccessTokenSchema } from "../schema.ts";
import type { SeriesPlan } from "../series/decide-rotation.ts";
import { endIn, type SeriesPhase } from "../series/phase.ts";
import { isSameDuration, msOf, timeAfter } from "../token/duration.ts";

type TokenPlan = PlanContext<AccessTokenSchema, Connection>;

/** The end of a token that will be created: with `expires_in`, it is unknown until the token is created. */
export function endOfNew({ config, planned }: TokenPlan): AttributeValue<string> {
  if (config.expiration_time.kind !== "null") return planned.expiration_time;
  return config.expires_in.kind === "null" ? absent : undecided;
}

/** The end that the token in state is to have. */
export function endOfCurrent(plan: SeriesPlan, phase: SeriesPhase): AttributeValue<string> {
  const { config, planned, prior } = plan;
  if (plan.isEndIgnored) return knownOrAbsent(prior.expiration_time);
  if (config.expiration_time.kind !== "null") return planned.expiration_time;
  if (config.expires_in.kind === "null") return absent;
  if (config.expires_in.kind === "unknown") return undecided;
  const wanted = wantedEnd(config.expires_in.value, prior, endIn(phase));
  const current = prior.expiration_time;
  if (wanted === undefined || (current !== null && isSameInstant(current, wanted))) {
    return knownOrAbsent(current);
  }
  return known(wanted);
}

/** The end that was set when the token was created, while `expires_in` is unchanged; otherwise it is computed again. */
function wantedEnd(life: string, prior: SeriesPlan["prior"], end: string | undefined): string | undefined {
  if (end !== undefined && isSameDuration(life, prior.expires_in)) return end;
  const created = prior.creation_time === null ? undefined : parseInstant(prior.creation_time);
  return created === undefined ? undefined : timeAfter(new Date(Number(created / 1_000_000n)), msOf(life));
}

/**
 * Refuses a time in the past when a token is made or changed. A token that has expired in the meantime is not an error: only
 * the time that the practitioner asks for is checked, so that planning again during the apply gives the same result.
 */
export function checkEnd({ prior, diagnostics, config }: TokenPlan, end: AttributeValue<string>, clock: Clock): void {
  const now = clock.now();
  const asked = knownOrUndefined(end);
  const before = prior?.expiration_time ?? undefined;
  if (asked === undefined || (before !== undefined && isSameInstant(before, asked))) return;
  const instant = parseInstant(asked);
  if (instant === undefined || instant > instantOf(now)) return;
  if (config.expires_in.kind === "known") {
    diagnostics.error({
      summary: "Access token would have expired already",
      detail: `expires_in is "${config.expires_in.value}". Counted from ${String(prior?.creation_time)}, when the token was created, the token would have expired on ${asked}. Choose a longer duration, or make a new token that lives this long: change rotate_when_changed as well, or replace the resource with -replace.`,
      attribute: ["expires_in"],
    });
    return;
  }
  diagnostics.error({
    summary: "Expiration time is in the past",
    detail: `expiration_time is ${asked}, and it is already ${now.toISOString()}. Choose a later time, or leave it out for a token that never expires.`,
    attribute: ["expiration_time"],
  });
}

/** Warns of a token that lives until somebody deletes it. */
export function warnOfEndlessLife({ config, client, diagnostics }: TokenPlan): void {
  if (config.expiration_time.kind !== "null" || config.expires_in.kind !== "null") return;
  // On a cluster that knows no ends, there is nothing to reconsider.
  if (client !== undefined && !isCoreWith("tokenExpiration", client.coreVersion)) return;
  diagnostics.warning({
    summary: "Access token never expires",
    detail:
      "Without expires_in or expiration_time, whoever gets hold of the bearer token can use it until somebody deletes the access token. Set one of them to limit that.",
    attribute: ["expiration_time"],
  });
}

/** Warns of a token that has ended at the very time that the configuration gives it. */
export function warnOfEnd({ prior, config, diagnostics }: SeriesPlan, end: AttributeValue<string>): void {
  const asked = knownOrUndefined(end);
  if (prior.expired !== true || config.expires_in.kind !== "null" || asked === undefined) return;
  if (prior.expiration_time === null || !isSameInstant(asked, prior.expiration_time)) return;
  diagnostics.warning({
    summary: "Access token has expired",
    detail: `expiration_time is ${asked}, and the cluster no longer accepts the token. With a later time the same bearer token works again. With expires_in instead, the next plan makes a new token, and so does each plan after a token has expired.`,
    attribute: ["expiration_time"],
  });
}
