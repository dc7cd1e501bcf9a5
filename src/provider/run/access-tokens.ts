/**
 * The access tokens that this run has seen, created, or found to be managed. They show whether a token on the cluster is
 * unknown or managed here.
 *
 * Written by `qumulo_access_token` while it lists, reads, creates and rotates. Read when a request is lost, and to find tokens
 * that no resource manages. The lists of users (`setSeen`) are as old as the last listing and count only as "was there before";
 * the rest never becomes stale.
 */
export class RunTokens {
  readonly #seen = new Map<string, readonly string[]>();
  readonly #created = new Set<string>();
  readonly #managed = new Set<string>();
  readonly #imported = new Set<string>();

  /** Remembers the access tokens that a user had, by their ids. */
  setSeen(authId: string, tokenIds: readonly string[]): void {
    this.#seen.set(authId, tokenIds);
  }

  /** The access tokens that a user had when they were listed last; `undefined` when they never were. */
  findSeen(authId: string): readonly string[] | undefined {
    return this.#seen.get(authId);
  }

  /** Remembers an access token that this run created. */
  addCreated(tokenId: string): void {
    this.#created.add(tokenId);
  }

  /** Remembers access tokens that a series of this run manages, by their ids. */
  addManaged(tokenIds: readonly (string | null | undefined)[]): void {
    for (const id of tokenIds) if (typeof id === "string") this.#managed.add(id);
  }

  /** Whether a series that this run has read or made manages the access token. */
  isManaged(tokenId: string): boolean {
    return this.#managed.has(tokenId) || this.#created.has(tokenId);
  }

  /** Remembers an access token that is imported without its bearer token. */
  addImported(tokenId: string): void {
    this.#imported.add(tokenId);
  }

  /** The access tokens that were imported so far without their bearer tokens, by their ids. */
  imported(): readonly string[] {
    return [...this.#imported];
  }
}
