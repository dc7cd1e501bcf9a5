import type { ReadablePlan } from "../../../src/audit/fleet.ts";
import { officePlan } from "./office-plan.ts";
import { quietPlan } from "./quiet-plan.ts";

/** So many plans of offices, each of a cluster of its own. In one of three something changes, as in `officePlan`. */
export function officeFleet(plans: number, users: number): readonly ReadablePlan[] {
  return Array.from({ length: plans }, (_, index) => {
    const name = `site-${String(index + 1).padStart(2, "0")}`;
    const expressions = { host: { constant_value: `${name}.example.com` } };
    const configuration = { provider_config: { qumulo: { name: "qumulo", expressions } } };
    const plan = index % 3 === 0 ? officePlan(users) : quietPlan(users, []);
    return { name, document: { ...plan, configuration } };
  });
}
