import { findRisky } from "./risky-privileges.ts";
import type { AccessRule } from "./rule.ts";

/** A privilege lets its holder gain more. */
export const escalatingPrivilege: AccessRule = {
  kind: "access",
  id: "escalating-privilege",
  severity: "critical",
  title: "A privilege lets its holder gain more",
  needs: ["privileges", "roles", "members"],
  check: (subject) =>
    findRisky(
      subject,
      "escalation",
      "Remove the privileges from the role, or accept the finding in the baseline with a reason.",
    ),
};
