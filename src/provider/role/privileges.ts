import { type AttributeValue, knownOrUndefined } from "../../framework/attribute-value.ts";
import type { Diagnostics, DiagnosticText } from "../../framework/diagnostics.ts";
import { isMisspelledPrivilege, isPrivilegeForm, suggestPrivilege } from "../../vocabulary/privilege-spelling.ts";
import { privilegeNames } from "../../vocabulary/privileges.ts";

/**
 * Warns of names that differ from a known one by a small mistake. Without a cluster it cannot be known whether such a privilege
 * exists.
 */
export function warnOfSlips(privileges: AttributeValue<readonly string[]>, diagnostics: Diagnostics): void {
  const doubtful = (knownOrUndefined(privileges) ?? []).filter(
    (name) => isPrivilegeForm(name) && isMisspelledPrivilege(name),
  );
  if (doubtful.length === 0) return;
  const { detail } = unknownPrivileges(doubtful, privilegeNames);
  diagnostics.warning({
    summary: doubtful.length === 1 ? "Privilege may be misspelled" : "Privileges may be misspelled",
    detail: `${detail} A newer cluster may know privileges that this provider does not know: the plan asks the cluster, and refuses those that it does not have.`,
    attribute: ["privileges"],
  });
}

/** Says which privileges are unknown, with the known name that each one probably means. */
export function unknownPrivileges(names: readonly string[], known: readonly string[]): DiagnosticText {
  const lines = names.map((name) => {
    const meant = suggestPrivilege(name, known);
    return meant === undefined ? `"${name}" is not known.` : `"${name}" is not known; did you mean "${meant}"?`;
  });
  return {
    summary: names.length === 1 ? "Unknown privilege" : "Unknown privileges",
    detail: `${lines.join(" ")} GET /v1/auth/privileges/ of the cluster lists how they are spelled.`,
  };
}
