import type { PlanRule } from "./rule.ts";

/** An access token is deleted before its successor exists. */
export const tokenGap: PlanRule = {
  kind: "plan",
  id: "token-gap",
  severity: "high",
  title: "An access token is deleted before its successor exists",
  needs: [],
  check: ({ plan }) =>
    plan.objects
      .filter(
        ({ type, mode, action }) =>
          type === "qumulo_access_token" && mode === "managed" && action === "delete-then-create",
      )
      .map(({ address }) => ({
        what: `${address} is replaced: its bearer token stops working before there is another one.`,
        got: "delete, then create",
        allowed: "a rotation in place, or create_before_destroy",
        todo: "Rotate with rotate_when_changed instead of replacing, or set create_before_destroy in its lifecycle.",
        address,
      })),
};
