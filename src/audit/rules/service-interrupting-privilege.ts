import { findRisky } from "./risky-privileges.ts";
import type { AccessRule } from "./rule.ts";

/** A privilege can interrupt service. */
export const serviceInterruptingPrivilege: AccessRule = {
  kind: "access",
  id: "service-interrupting-privilege",
  severity: "medium",
  title: "A privilege can interrupt service",
  needs: ["privileges", "roles", "members"],
  check: (subject) =>
    findRisky(subject, "availability", "Remove the privileges from the role where the program does not need them."),
};
