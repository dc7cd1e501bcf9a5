import { findRisky } from "./risky-privileges.ts";
import type { AccessRule } from "./rule.ts";

/** A privilege is Qumulo's own. */
export const internalPrivilege: AccessRule = {
  kind: "access",
  id: "internal-privilege",
  severity: "low",
  title: "A privilege is Qumulo's own",
  needs: ["privileges", "roles", "members"],
  check: (subject) => findRisky(subject, "internal", "Take the privileges out of the role."),
};
