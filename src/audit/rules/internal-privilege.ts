import { findRisky } from "./risky-privileges.ts";
import type { AccessRule } from "./rule.ts";

/** A privilege is internal to Qumulo. */
export const internalPrivilege: AccessRule = {
  kind: "access",
  id: "internal-privilege",
  severity: "low",
  title: "A privilege is internal to Qumulo",
  needs: ["privileges", "roles", "members"],
  check: (subject) => findRisky(subject, "internal", "Remove the privileges from the role."),
};
