import { knownOf } from "../plan/attributes.ts";
import { type AccessRule, identitiesOf, listed } from "./rule.ts";

/** An identity has two access tokens that no rotation explains. */
export const twoLiveTokens: AccessRule = {
  kind: "access",
  id: "two-live-tokens",
  severity: "medium",
  title: "An identity has two access tokens outside a rotation",
  needs: ["token-users", "token-states"],
  check: (subject) =>
    identitiesOf(subject)
      .map((access) => ({ access, live: access.tokens.filter(({ enabled }) => knownOf(enabled) === true) }))
      .filter(({ live }) => live.length > 1)
      .map(({ access, live }) => ({
        what: `${access.label} has ${live.length} access tokens at the same time, so neither can be rotated without a gap.`,
        got: listed(live.map(({ place }) => place)),
        allowed: "one series for each user",
        todo: "Give each program a user of its own; one series then has both slots for its rotation.",
        address: live.find(({ object }) => object !== undefined)?.place,
        identity: access.label,
        subject: live
          .map(({ place }) => place)
          .toSorted()
          .join(" "),
      })),
};
