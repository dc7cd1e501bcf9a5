import { nearestName } from "./nearest-name.ts";
import { isPrivilegeName, privilegeNames } from "./privileges.ts";

const privilegeForm = /^PRIVILEGE_[A-Z0-9]+(_[A-Z0-9]+)*$/;
const prefix = "PRIVILEGE_";
/** Most new privileges of newer clusters differ from all known ones by more than a slip of the finger. */
const slipLength = 2;

/** Whether a privilege can have this name at all. Which ones there are only a cluster can say: newer ones know more. */
export function isPrivilegeForm(name: string): boolean {
  return privilegeForm.test(name);
}

/**
 * Whether a privilege is probably misspelled: it is not spelled like one, or a slip away from a known one.
 *
 * A newer cluster may know it all the same.
 */
export function isMisspelledPrivilege(name: string): boolean {
  if (isPrivilegeName(name)) return false;
  if (!isPrivilegeForm(name)) return true;
  const nearest = suggestPrivilege(name, privilegeNames);
  return nearest !== undefined && differsBySlip(withoutPrefix(name), withoutPrefix(nearest));
}

/** The known privilege that a misspelled one probably means, or `undefined` when none is near. */
export function suggestPrivilege(name: string, known: readonly string[]): string | undefined {
  const suffixes = new Map(known.map((full) => [withoutPrefix(full), full]));
  // Without the prefix that all names share, which would make every name near every other.
  const nearest = nearestName(withoutPrefix(name.trim().toUpperCase()), suffixes.keys());
  return nearest === undefined ? undefined : suffixes.get(nearest);
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
