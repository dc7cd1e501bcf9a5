/**
 * The memberships in local groups that this run has made.
 *
 * Written and read by `qumulo_local_group_member`: a membership that is replaced by an equal one (another spelling) must not
 * be removed after it was made. Never stale within one run.
 */
export class MadeGroupMembers {
  readonly #keys = new Set<string>();

  /** Remembers a membership that this run made. */
  add(groupId: string, memberId: string): void {
    this.#keys.add(`${groupId}:${memberId}`);
  }

  /** Whether this run made the membership. */
  has(groupId: string, memberId: string): boolean {
    return this.#keys.has(`${groupId}:${memberId}`);
  }
}

/** The key under which work on the members of one local group waits for each other. */
export function groupMembersQueue(groupId: string): string {
  return `members of group ${groupId}`;
}
