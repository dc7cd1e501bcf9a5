/** For {@link watchParent}. */
export interface ParentWatchOptions {
  /** `process.ppid`, read while the parent was sure to live. */
  readonly parent: number;
  readonly everyMs: number;
  /** Called when the process that has started this one has ended. */
  readonly onOver: () => void;
}

/** Watches the process that has started this one: an engine that is killed may leave no other sign. */
export function watchParent({ parent, everyMs, onOver }: ParentWatchOptions): void {
  const timer = setInterval(() => {
    if (isParent(parent)) return;
    clearInterval(timer);
    onOver();
  }, everyMs).unref();
}

/**
 * Whether a process is still the parent. Most systems give an orphan another parent; Windows does not, so there it checks
 * whether the process exists.
 */
function isParent(pid: number): boolean {
  if (process.platform !== "win32") return process.ppid === pid;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
