/**
 * The users whom this run has found to be no administrators, so that an apply need not look again.
 *
 * Written and read by the guard of `allow_administrator`. Stale when the run gives such a user rights afterwards: the plan
 * of that membership is judged by itself.
 */
export class JudgedUsers {
  readonly #authIds = new Set<string>();

  /** Remembers that a user was found to be no administrator, as far as could be seen. */
  add(authId: string): void {
    this.#authIds.add(authId);
  }

  /** Whether this run has found the user to be no administrator. */
  has(authId: string): boolean {
    return this.#authIds.has(authId);
  }
}
