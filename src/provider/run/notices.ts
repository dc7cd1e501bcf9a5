/**
 * What this run has told the practitioner, so that it is told once.
 *
 * Written and read by whoever warns of something that concerns the whole run. Never stale: what was said was said.
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
