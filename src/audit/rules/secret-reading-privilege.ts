import { findRisky } from "./risky-privileges.ts";
import type { AccessRule } from "./rule.ts";

/** A privilege shows secrets. */
export const secretReadingPrivilege: AccessRule = {
  kind: "access",
  id: "secret-reading-privilege",
  severity: "high",
  title: "A privilege shows secrets",
  needs: ["privileges", "roles", "members"],
  check: (subject) =>
    findRisky(
      subject,
      "secret",
      "Remove the privileges from the role, or accept the finding in the baseline with a reason.",
    ),
};
