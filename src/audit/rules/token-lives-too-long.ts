import { parseDuration } from "../../vocabulary/duration.ts";
import { knownOf } from "../plan/attributes.ts";
import { type AccessRule, identitiesOf } from "./rule.ts";
import { limitSeverity } from "./token-never-expires.ts";

const usualLimit = "365d";
const dayMs = 86_400_000;

/** An access token lives too long. */
export const tokenLivesTooLong: AccessRule = {
  kind: "access",
  id: "token-lives-too-long",
  severity: "medium",
  title: "An access token lives too long",
  needs: ["token-lives"],
  gravest: limitSeverity,
  check: (subject) => {
    const limit = subject.policy.maximum_lifetime ?? usualLimit;
    const limitMs = parseDuration(limit) ?? Number.POSITIVE_INFINITY;
    return identitiesOf(subject).flatMap((access) =>
      access.tokens.flatMap(({ place, object, expiresIn, lifetimeMs }) => {
        const ms = knownOf(lifetimeMs) ?? 0;
        if (ms <= limitMs) return [];
        return [
          {
            severity: limitSeverity(subject.policy),
            what: `${place} lives longer than access tokens may.`,
            got: knownOf(expiresIn) ?? `${Math.round(ms / dayMs)}d`,
            allowed: `at most "${limit}"`,
            todo: "Set a shorter expires_in, and rotate_before_expiry so that plans renew the token in time.",
            address: object?.address,
            identity: access.label,
            subject: place,
            cause: { key: limit, what: "Several access tokens live longer than they may.", tellsNewAlone: true },
          },
        ];
      }),
    );
  },
};
