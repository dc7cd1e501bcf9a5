/** For {@link watchParent}. */
export interface ParentWatchOptions {
  readonly everyMs: number;
  /** Called when the process that has started this one has ended. */
  readonly onOver: () => void;
}

/**
 * Watches the process that has started this one: an engine that is killed before it has connected leaves no other sign.
 *
 * Systems give an orphan to another parent, which this looks for. Windows does not, and nothing is noticed there.
 */
export function watchParent({ everyMs, onOver }: ParentWatchOptions): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onOver();
  }, everyMs).unref();
}
