/**
 * Work that must not overlap: engines run operations side by side, and some objects of a cluster take one at a time.
 *
 * Written and read by whatever changes the members of a role or group, or makes tokens of a user. A queue holds no more than
 * its last work, and is never stale.
 */
export class Queues {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs work after all work of the same key that was given before, whether that succeeds or fails. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const previous = this.#last.get(key) ?? Promise.resolve();
    const next = previous.then(work, work);
    this.#last.set(key, next);
    return next;
  }
}
