import { parseDuration } from "../../vocabulary/duration.ts";
import { parseInstant } from "../../vocabulary/instant.ts";
import { knownOf, type Value } from "../plan/attributes.ts";
import type { TokenView } from "./access.ts";
import type { Gap, Need } from "./gap.ts";

type Times = Pick<TokenView, "expiresIn" | "expirationTime" | "creationTime">;

/**
 * How long an access token lives, in milliseconds; `null` where it never ends.
 *
 * @param plannedAt - when the plan was made, RFC 3339: what has not been created yet is created after that
 */
export function lifetimeOf(times: Times, plannedAt: string): Value<number> {
  const { expiresIn, expirationTime, creationTime } = times;
  if (expiresIn.kind === "known") return valueOf(parseDuration(expiresIn.value));
  if (expiresIn.kind === "unknown" || expirationTime.kind === "unknown") return { kind: "unknown" };
  if (expirationTime.kind === "null") return { kind: "null" };
  if (creationTime.kind === "null") return { kind: "unknown" };
  const [end, start] = [parseInstant(expirationTime.value), parseInstant(knownOf(creationTime) ?? plannedAt)];
  return valueOf(end === undefined || start === undefined ? undefined : Number((end - start) / 1_000_000n));
}

function valueOf(ms: number | undefined): Value<number> {
  return ms === undefined ? { kind: "unknown" } : { kind: "known", value: ms };
}

/** The parts of a token's life that are not known. */
export function lifeNeeds({ lifetimeMs, expiresIn, expirationTime }: TokenView): readonly Need[] {
  if (lifetimeMs.kind !== "unknown") return [];
  const ends = expiresIn.kind === "known" || expirationTime.kind === "known";
  return ends ? ["token-lives"] : ["token-ends", "token-lives"];
}

/** The text of the gap for a life that is not known. */
export function lifeGap({ expiresIn, expirationTime, creationTime }: TokenView): Pick<Gap, "what" | "got"> {
  if (expiresIn.kind === "known") {
    return { what: "How long the access token lives is not known.", got: `expires_in is "${expiresIn.value}"` };
  }
  if (expirationTime.kind !== "known") return { what: "Whether the access token ends is decided during apply." };
  const what = `How long the access token lives is not known: it ends at ${expirationTime.value}.`;
  return creationTime.kind === "null" ? { what, got: "no creation_time" } : { what };
}
