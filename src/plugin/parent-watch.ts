/** For {@link watchParent}. */
export interface ParentWatchOptions {
  readonly everyMs: number;
  /** Called when the process that has started this one has ended. */
  readonly onOver: () => void;
}

/** Watches the process that has started this one: an engine that is killed may leave no other sign. */
export function watchParent({ everyMs, onOver }: ParentWatchOptions): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (isParent(parent)) return;
    clearInterval(timer);
    onOver();
  }, everyMs).unref();
}

/** Systems give an orphan to another parent; Windows does not, and tells whether the process is there. */
function isParent(pid: number): boolean {
  if (process.platform !== "win32") return process.ppid === pid;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
