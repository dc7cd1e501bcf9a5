import { findRisky } from "./risky-privileges.ts";
import type { AccessRule } from "./rule.ts";

/** A privilege weakens trails or protection. */
export const protectionWeakeningPrivilege: AccessRule = {
  kind: "access",
  id: "protection-weakening-privilege",
  severity: "medium",
  title: "A privilege weakens trails or protection",
  needs: ["privileges", "roles", "members"],
  check: (subject) =>
    findRisky(subject, "tamper", "Take the privileges out of the role where the program does not need them."),
};
