/**
 * The users that this run has found not to be administrators, so that an apply does not have to check again.
 *
 * Written and read by the guard of `allow_administrator`. Stale when the run gives such a user rights afterwards: the plan
 * of that membership is judged by itself.
 */
export class JudgedUsers {
  readonly #authIds = new Set<string>();

  /** Remembers that a user was found not to be an administrator, as far as the account may see. */
  add(authId: string): void {
    this.#authIds.add(authId);
  }

  /** Whether this run has found the user not to be an administrator. */
  has(authId: string): boolean {
    return this.#authIds.has(authId);
  }
}
