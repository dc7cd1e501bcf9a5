import { type AccessRule, identitiesOf } from "./rule.ts";

/** An access token never expires. */
export const tokenNeverExpires: AccessRule = {
  kind: "access",
  id: "token-never-expires",
  severity: "medium",
  title: "An access token never expires",
  check: (subject) =>
    identitiesOf(subject).flatMap((access) =>
      access.tokens
        .filter(({ expirationTime, expiresIn }) => expirationTime.kind === "null" && expiresIn.kind === "null")
        .map(({ place, object }) => ({
          // An organization that limits lives has decided.
          ...(subject.policy.maximum_lifetime === undefined ? {} : { severity: "high" as const }),
          what: `${place} works until somebody deletes it.`,
          got: "no expiration_time and no expires_in",
          allowed: `expires_in, ${subject.policy.maximum_lifetime === undefined ? 'for example "90d"' : `at most "${subject.policy.maximum_lifetime}"`}`,
          todo: "Set expires_in, and rotate_before_expiry so that plans renew it in time.",
          address: object?.address,
          identity: access.label,
          subject: place,
        })),
    ),
};
