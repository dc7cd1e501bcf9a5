import { parseDuration } from "../../vocabulary/duration.ts";
import { parseInstant } from "../../vocabulary/instant.ts";
import type { TokenView } from "../access/access.ts";
import { knownOf } from "../plan/attributes.ts";
import { type AccessRule, identitiesOf } from "./rule.ts";

const usualLimit = "365d";
const dayMs = 86_400_000;

/** An access token lives too long. */
export const tokenLivesTooLong: AccessRule = {
  kind: "access",
  id: "token-lives-too-long",
  severity: "medium",
  title: "An access token lives too long",
  check: (subject) => {
    const limit = subject.policy.maximum_lifetime ?? usualLimit;
    const limitMs = parseDuration(limit) ?? Number.POSITIVE_INFINITY;
    return identitiesOf(subject).flatMap((access) =>
      access.tokens
        .filter((token) => (lifetimeMs(token) ?? 0) > limitMs)
        .map((token) => ({
          ...(subject.policy.maximum_lifetime === undefined ? {} : { severity: "high" as const }),
          what: `${token.place} lives longer than access tokens may.`,
          got: knownOf(token.expiresIn) ?? `${Math.round((lifetimeMs(token) ?? 0) / dayMs)}d`,
          allowed: `at most "${limit}"`,
          todo: "Set a shorter expires_in, and rotate_before_expiry so that plans renew the token in time.",
          address: token.object?.address,
          identity: access.label,
          subject: token.place,
        })),
    );
  },
};

/** From creation to end, where both are known. */
function lifetimeMs({ expiresIn, expirationTime, creationTime }: TokenView): number | undefined {
  const asked = knownOf(expiresIn);
  if (asked !== undefined) return parseDuration(asked);
  const [end, start] = [expirationTime, creationTime].map((value) => parseInstant(knownOf(value) ?? ""));
  return end === undefined || start === undefined ? undefined : Number((end - start) / 1_000_000n);
}
