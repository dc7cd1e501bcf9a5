/** Answers may still be on their way to the engine when the process is made to end; a few milliseconds are enough for them. */
const lingerMs = 5;

/** Keeps track of the work and the answers under way in the process, and ends the process when they are done. */
export class Lifetime {
  readonly #exit: () => void;
  readonly #works = new Set<Promise<unknown>>();
  #answers = 0;
  #isLeaving = false;
  #isAnswering = true;

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
    const running = work();
    this.#works.add(running);
    try {
      return await running;
    } finally {
      this.#works.delete(running);
      this.#leaveIfDue();
    }
  }

  /** Resolves when all work that is under way now is over, whatever became of it. */
  async workIsOver(): Promise<void> {
    await Promise.allSettled(this.#works);
  }

  /** Notes that an answer is under way, until the function that is returned is called. */
  beginAnswer(): () => void {
    let isOver = false;
    this.#answers += 1;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#answers -= 1;
      this.#leaveIfDue();
    };
  }

  /** Ends the process as soon as nothing is under way: at once, or later. */
  leaveWhenIdle(): void {
    this.#isLeaving = true;
    this.#leaveIfDue();
  }

  /**
   * Ends the process as soon as no work is under way, since nobody takes answers any more.
   *
   * Connections do not always tell that the other end is gone: Node 20 stops reading from one on which a write is never
   * done. Its answers would stay under way for ever.
   */
  leaveWithoutAnswering(): void {
    this.#isAnswering = false;
    this.leaveWhenIdle();
  }

  /** Ends the process, whatever is under way. */
  leaveNow(): void {
    setTimeout(this.#exit, lingerMs);
  }

  #leaveIfDue(): void {
    if (!this.#isLeaving || !this.#isIdle) return;
    // Answers that are over have gone to the system. Node reads what the engine has asked meanwhile between these two.
    setImmediate(() => {
      setImmediate(() => {
        if (this.#isIdle) this.#exit();
      });
    });
  }

  get #isIdle(): boolean {
    return this.#works.size === 0 && (this.#answers === 0 || !this.#isAnswering);
  }
}
