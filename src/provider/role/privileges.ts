import type { DiagnosticText } from "../../framework/diagnostics.ts";
import type { Validator } from "../../framework/schema.ts";
import { nearestName } from "../../vocabulary/nearest-name.ts";
import { isPrivilegeName, privilegeNames } from "../../vocabulary/privileges.ts";

const privilegeForm = /^PRIVILEGE_[A-Z0-9]+(_[A-Z0-9]+)*$/;
const prefix = "PRIVILEGE_";
/** A new privilege of a newer cluster differs from all known ones by more than a slip of the finger. */
const slipLength = 2;

/**
 * Refuses names that no cluster can know: not spelled like a privilege, or a slip away from a known one.
 *
 * Other unknown names pass: newer clusters know more, and the plan asks the cluster itself.
 */
export const privilegesValidator: Validator<readonly string[]> = {
  check(names) {
    const wrong = names.filter((name) => !isPrivilegeName(name) && isMisspelled(name));
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

/** The known privilege that a misspelled one probably means, or `undefined` when none is near. */
function suggestPrivilege(name: string, known: readonly string[]): string | undefined {
  const suffixes = new Map(known.map((full) => [withoutPrefix(full), full]));
  // Without the prefix that all names share, which would make every name near every other.
  const nearest = nearestName(withoutPrefix(name.trim().toUpperCase()), suffixes.keys());
  return nearest === undefined ? undefined : suffixes.get(nearest);
}

function isMisspelled(name: string): boolean {
  if (!privilegeForm.test(name)) return true;
  const nearest = suggestPrivilege(name, privilegeNames);
  return nearest !== undefined && differsBySlip(withoutPrefix(name), withoutPrefix(nearest));
}

function differsBySlip(left: string, right: string): boolean {
  let start = 0;
  while (start < Math.min(left.length, right.length) && left[start] === right[start]) start += 1;
  let end = 0;
  const longest = Math.min(left.length, right.length) - start;
  while (end < longest && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1;
  return Math.max(left.length, right.length) - start - end <= slipLength;
}

function withoutPrefix(name: string): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
