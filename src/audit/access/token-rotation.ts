import { readFlag, readText } from "../plan/attributes.ts";
import type { PlannedObject } from "../plan/plan.ts";

/**
 * Whether a plan rotates an access token: after that it has another id. A provider that cannot tell yet whether it rotates
 * does not say either whether the token in state has expired.
 */
export function rotationOf({ action, before, after }: PlannedObject): "none" | "maybe" | "certain" {
  if (action !== "update" || before === undefined || after === undefined) return "none";
  if (readText(after, "id").kind !== "unknown" || readText(before, "id").kind !== "known") return "none";
  return readFlag(after, "expired").kind === "unknown" ? "maybe" : "certain";
}
