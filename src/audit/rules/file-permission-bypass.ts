import { findRisky } from "./risky-privileges.ts";
import type { AccessRule } from "./rule.ts";

/** A privilege bypasses file permissions. */
export const filePermissionBypass: AccessRule = {
  kind: "access",
  id: "file-permission-bypass",
  severity: "high",
  title: "A privilege bypasses file permissions",
  needs: ["privileges", "roles", "members"],
  check: (subject) =>
    findRisky(subject, "data", "Grant file permissions instead, or accept the finding in the baseline with a reason."),
};
