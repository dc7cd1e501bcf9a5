/**
 * The local users that this run has created or deleted.
 *
 * Written by `qumulo_local_user`, as soon as the cluster has answered. Read by whatever names users: a user that was just
 * created has no tokens and no rights but those that this run gives. Stale only when somebody else deletes such a user
 * while the run goes on, which the next request to it tells.
 */
export class RunUsers {
  readonly #created = new Set<string>();
  readonly #createdByName = new Map<string, string>();
  readonly #deleted = new Set<string>();

  /** Remembers a user that this run created: it has no tokens but those created here, and it is not a group. */
  addCreated(user: { readonly id: string; readonly name: string }): void {
    const name = user.name.toLowerCase();
    this.#created.add(user.id);
    if (!this.#createdByName.has(name)) this.#createdByName.set(name, user.id);
  }

  /** The id of a user that this run created, by id or by name. */
  findCreated(user: { readonly authId?: string; readonly name?: string }): string | undefined {
    const { authId, name } = user;
    if (authId !== undefined) return this.#created.has(authId) ? authId : undefined;
    return name === undefined ? undefined : this.#createdByName.get(name.toLowerCase());
  }

  /** Remembers a user that this run deleted: nothing of it works any longer. */
  addDeleted(id: string): void {
    this.#deleted.add(id);
  }

  /** Whether this run deleted the user. */
  isDeleted(id: string): boolean {
    return this.#deleted.has(id);
  }
}
