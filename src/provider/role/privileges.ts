import type { DiagnosticText } from "../../framework/diagnostics.ts";
import type { Validator } from "../../framework/schema.ts";
import { isMisspelledPrivilege, suggestPrivilege } from "../../vocabulary/privilege-spelling.ts";
import { privilegeNames } from "../../vocabulary/privileges.ts";

/** Refuses names that no cluster can know. Other unknown names pass: the plan asks the cluster itself. */
export const privilegesValidator: Validator<readonly string[]> = {
  check(names) {
    const wrong = names.filter(isMisspelledPrivilege);
    return wrong.length === 0 ? undefined : unknownPrivileges(wrong, privilegeNames);
  },
};

/** Says which privileges are unknown, with the known name that each one probably means. */
export function unknownPrivileges(names: readonly string[], known: readonly string[]): DiagnosticText {
  const lines = names.map((name) => {
    const meant = suggestPrivilege(name, known);
    return meant === undefined ? `"${name}" is not known.` : `"${name}" is not known; did you mean "${meant}"?`;
  });
  return {
    summary: names.length === 1 ? "Unknown privilege" : "Unknown privileges",
    detail: `${lines.join(" ")} Privileges are spelled as GET /v1/auth/privileges/ of the cluster spells them.`,
  };
}
