import type { DiagnosticText } from "../../framework/diagnostics.ts";

interface Claims {
  /** The different sets of members that `qumulo_role_members` were seen to want. */
  readonly wholes: Set<string>;
  isSingleSeen: boolean;
  /** Members that `qumulo_role_member` made in this run. */
  readonly created: Set<string>;
}

/**
 * Which resources of one run manage the members of which role.
 *
 * Engines plan resources in any order. If two resources manage the same members, the one that is planned second reports the
 * conflict.
 */
export class RoleClaims {
  readonly #claims = new Map<string, Claims>();

  /** Records that one `qumulo_role_members` manages all members; returns what to report when another rules them too. */
  claimWhole(roleName: string, members: readonly string[] | undefined): DiagnosticText | undefined {
    const claims = this.#of(roleName);
    // The same object may be planned twice, which says the same both times.
    claims.wholes.add(members === undefined ? "" : JSON.stringify(members.toSorted()));
    const distinct = [...claims.wholes].filter((text) => text !== "");
    if (claims.isSingleSeen) return rivalry(roleName);
    return distinct.length > 1 ? twins(roleName) : undefined;
  }

  /** Records that a `qumulo_role_member` manages one member; returns what to report when all of them are managed. */
  claimSingle(roleName: string): DiagnosticText | undefined {
    const claims = this.#of(roleName);
    claims.isSingleSeen = true;
    return claims.wholes.size > 0 ? rivalry(roleName) : undefined;
  }

  /** Whether a `qumulo_role_members` manages all members of the role from this run on. */
  isWhole(roleName: string): boolean {
    return this.#of(roleName).wholes.size > 0;
  }

  /** Remembers a member that a `qumulo_role_member` made in this run. */
  addCreated(roleName: string, authId: string): void {
    this.#of(roleName).created.add(authId);
  }

  /** Whether a `qumulo_role_member` made this member in this run. */
  isCreated(roleName: string, authId: string): boolean {
    return this.#of(roleName).created.has(authId);
  }

  #of(roleName: string): Claims {
    const key = roleName.toLowerCase();
    const claims = this.#claims.get(key) ?? {
      wholes: new Set<string>(),
      isSingleSeen: false,
      created: new Set<string>(),
    };
    this.#claims.set(key, claims);
    return claims;
  }
}

/** The key under which work on the members of one role waits for each other. */
export function roleMembersQueue(roleName: string): string {
  return `members of role ${roleName.toLowerCase()}`;
}

function rivalry(roleName: string): DiagnosticText {
  return {
    summary: "Members of one role are managed in two ways",
    detail: `For role ${roleName} this configuration has a qumulo_role_members, which removes every member it does not list, and a qumulo_role_member. They would undo each other's work. Keep one of the two: list the member in qumulo_role_members, or use qumulo_role_member for each of them.`,
    attribute: ["role_name"],
  };
}

function twins(roleName: string): DiagnosticText {
  return {
    summary: "Members of one role are managed twice",
    detail: `This configuration has several qumulo_role_members with different members for role ${roleName}, and each removes those of the other. Keep one, and list all members in it.`,
    attribute: ["role_name"],
  };
}
