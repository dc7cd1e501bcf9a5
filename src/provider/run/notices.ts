/**
 * The messages that this run has given the practitioner, so that each is given only once.
 *
 * Written and read by code that warns about something that concerns the whole run. It never becomes stale.
 */
export class Notices {
  readonly #said = new Set<string>();

  /** Whether this is said for the first time in this run. From then on it is not. */
  isNews(text: string): boolean {
    const isNew = !this.#said.has(text);
    this.#said.add(text);
    return isNew;
  }
}
