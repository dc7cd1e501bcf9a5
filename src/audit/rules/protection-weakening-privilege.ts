import { findRisky } from "./risky-privileges.ts";
import type { AccessRule } from "./rule.ts";

/** A privilege weakens the audit trail or data protection. */
export const protectionWeakeningPrivilege: AccessRule = {
  kind: "access",
  id: "protection-weakening-privilege",
  severity: "medium",
  title: "A privilege weakens the audit trail or data protection",
  needs: ["privileges", "roles", "members"],
  check: (subject) =>
    findRisky(subject, "tamper", "Remove the privileges from the role where the program does not need them."),
};
