const startedMs = performance.now();
const stopping = new AbortController();
const cleanUps: (() => Promise<void>)[] = [];
let isCleaningUp: Promise<void> | undefined;

/** Aborted by the first Ctrl-C. */
export const stopped: AbortSignal = stopping.signal;

/** Explains the next step in one line. */
export function say(step: string): void {
  const seconds = Math.round((performance.now() - startedMs) / 1_000);
  process.stdout.write(`\n▶ ${step} (${seconds} s)\n`);
}

/** Adds something to undo at the end, last made first; also after a failure or Ctrl-C. */
export function cleanUpAtEnd(undo: () => Promise<void>): void {
  cleanUps.push(undo);
}

/** Undoes everything, once. */
export async function cleanUp(): Promise<void> {
  isCleaningUp ??= (async () => {
    for (const undo of cleanUps.splice(0).reverse()) {
      await undo().catch((error: unknown) => {
        process.stderr.write(`Could not clean up: ${error instanceof Error ? error.message : String(error)}\n`);
      });
    }
  })();
  return isCleaningUp;
}

/** Ends the work that is under way. */
export function stop(): void {
  stopping.abort();
}
