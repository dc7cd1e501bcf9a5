/** Answers that are handed over may still be on their way to the engine: a few milliseconds are enough for them. */
const lingerMs = 5;

/** Knows what is under way in the process, and ends it when it is over. */
export class Lifetime {
  readonly #exit: () => void;
  #underWay = 0;
  readonly #works = new Set<Promise<unknown>>();
  #isLeaving = false;

  /** @param exit - ends the process */
  constructor(exit: () => void) {
    this.#exit = exit;
  }

  /** Whether the process ends as soon as nothing is under way. */
  get isLeaving(): boolean {
    return this.#isLeaving;
  }

  /** Runs something that the process waits for before it ends. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const done = this.begin();
    const running = work();
    this.#works.add(running);
    try {
      return await running;
    } finally {
      this.#works.delete(running);
      done();
    }
  }

  /** Resolves when all work that is under way now is over, whatever became of it. */
  async workIsOver(): Promise<void> {
    await Promise.allSettled(this.#works);
  }

  /** Notes that something is under way, until the function that is returned is called. */
  begin(): () => void {
    let isOver = false;
    this.#underWay += 1;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#underWay -= 1;
      if (this.#isLeaving) this.leaveWhenIdle();
    };
  }

  /** Ends the process as soon as nothing is under way: at once, or later. */
  leaveWhenIdle(): void {
    this.#isLeaving = true;
    if (this.#underWay > 0) return;
    setTimeout(() => {
      if (this.#underWay === 0) this.#exit();
    }, lingerMs);
  }

  /** Ends the process, whatever is under way. */
  leaveNow(): void {
    setTimeout(this.#exit, lingerMs);
  }
}
