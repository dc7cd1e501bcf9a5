/** Keys that are decimal numbers without leading zeros, of any length, in the order of these numbers. */
export class NumberedKeys {
  readonly #sorted: string[] = [];

  /** Adds a key; one that is there already is not an error. */
  add(key: string): void {
    const index = this.#firstNotBelow(key);
    if (this.#sorted[index] !== key) this.#sorted.splice(index, 0, key);
  }

  /** Removes a key; one that is not there is not an error. */
  remove(key: string): void {
    const index = this.#firstNotBelow(key);
    if (this.#sorted[index] === key) this.#sorted.splice(index, 1);
  }

  /**
   * Keys in order.
   *
   * @param after - where to begin: the first key is the one that follows; at the start when `undefined`
   * @param count - how many at most
   */
  slice(after: string | undefined, count: number): readonly string[] {
    const index = after === undefined ? 0 : this.#firstNotBelow(after);
    const start = after !== undefined && this.#sorted[index] === after ? index + 1 : index;
    return this.#sorted.slice(start, start + count);
  }

  #firstNotBelow(key: string): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBelow(this.#sorted[middle] ?? "", key)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function isBelow(left: string, right: string): boolean {
  return left.length === right.length ? left < right : left.length < right.length;
}
