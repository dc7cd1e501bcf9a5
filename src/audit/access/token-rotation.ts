import { readFlag, readText } from "../plan/attributes.ts";
import type { PlannedObject } from "../plan/plan.ts";

/**
 * Whether a plan rotates an access token, which gives it another id. It is `maybe` when `expired` is unknown in the plan as
 * well: then the provider itself could not decide yet.
 */
export function rotationOf({ action, before, after }: PlannedObject): "none" | "maybe" | "certain" {
  if (action !== "update" || before === undefined || after === undefined) return "none";
  if (readText(after, "id").kind !== "unknown" || readText(before, "id").kind !== "known") return "none";
  return readFlag(after, "expired").kind === "unknown" ? "maybe" : "certain";
}
