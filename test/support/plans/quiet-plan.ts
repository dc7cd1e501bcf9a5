import { officePlan } from "./office-plan.ts";
import { planOf } from "./plan-builder.ts";

type Change = Readonly<Record<string, unknown>>;

/** The office of {@link officePlan} with nothing that changes, and beside it these changes. */
export function quietPlan(users: number, changes: readonly Change[]): Change {
  // The builder of plans has made it so.
  const { resource_changes: all } = officePlan(users) as { resource_changes: readonly { change: Change }[] };
  const quiet = all.map((each) => {
    const values = each.change["after"] ?? each.change["before"];
    return {
      ...each,
      change: { ...each.change, actions: ["no-op"], before: values, after: values, after_unknown: {} },
    };
  });
  return planOf([...quiet, ...changes]);
}
