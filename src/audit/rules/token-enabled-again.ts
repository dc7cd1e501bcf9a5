import { knownOf, readFlag, type Value } from "../plan/attributes.ts";
import type { PlanRule } from "./rule.ts";

/** A disabled access token works again. */
export const tokenEnabledAgain: PlanRule = {
  kind: "plan",
  id: "token-enabled-again",
  severity: "medium",
  title: "A disabled access token works again",
  needs: ["token-states"],
  check: ({ plan }) =>
    plan.objects
      .filter(({ type, mode, action }) => type === "qumulo_access_token" && mode === "managed" && action === "update")
      .filter(
        ({ before, after }) =>
          before !== undefined &&
          knownOf(readFlag(before, "enabled")) === false &&
          after !== undefined &&
          isOn(readFlag(after, "enabled")),
      )
      .map(({ address }) => ({
        what: `${address} was disabled and is accepted again, with the bearer token from before.`,
        got: "enabled: false → true",
        allowed: "a new bearer token",
        todo: "Find out why it was disabled. If its bearer token may have leaked, rotate it with rotate_when_changed.",
        address,
      })),
};

/** A token whose configuration does not say is enabled. */
function isOn(enabled: Value<boolean>): boolean {
  return enabled.kind === "null" || knownOf(enabled) === true;
}
