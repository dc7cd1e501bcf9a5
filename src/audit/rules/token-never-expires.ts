import type { Policy } from "../gate/policy.ts";
import type { Severity } from "../gate/severity.ts";
import { type AccessRule, identitiesOf } from "./rule.ts";

/** An access token never expires. */
export const tokenNeverExpires: AccessRule = {
  kind: "access",
  id: "token-never-expires",
  severity: "medium",
  title: "An access token never expires",
  needs: ["token-ends"],
  gravest: limitSeverity,
  check: (subject) =>
    identitiesOf(subject).flatMap((access) =>
      access.tokens
        .filter(({ expirationTime, expiresIn }) => expirationTime.kind === "null" && expiresIn.kind === "null")
        .map(({ place, object }) => ({
          severity: limitSeverity(subject.policy),
          what: `${place} works until somebody deletes it.`,
          got: "no expiration_time and no expires_in",
          allowed: `expires_in, ${subject.policy.maximum_lifetime === undefined ? 'for example "90d"' : `at most "${subject.policy.maximum_lifetime}"`}`,
          todo: "Set expires_in, and rotate_before_expiry so that plans renew it in time.",
          address: object?.address,
          identity: access.label,
          subject: place,
          cause: { key: "", what: "Several access tokens work until somebody deletes them.", tellsNewAlone: true },
        })),
    ),
};

/** How grave a life without end, or one that is too long, is: an organization that limits lives has decided. */
export function limitSeverity({ maximum_lifetime: limit }: Policy): Severity {
  return limit === undefined ? "medium" : "high";
}
