import { setFlags } from "./v8-flags.ts";

/** V8 alone optimizes a function after a fifteenth of this, in bytes of what it has run. */
const bytesBeforeOptimizing = 1_000_000;
/** What V8 has in all Nodes that keep nothing compiled. */
const usualBytes = 67_584;

/**
 * Has V8 optimize functions later where Node is so old that it keeps nothing compiled.
 *
 * An engine starts a process for each of its phases, and most end before what is optimized has paid for itself. Newer
 * Nodes optimize in more and cheaper steps: there this gains nothing, and nothing is changed.
 */
export function optimizeLater(): void {
  if ("enableCompileCache" in process.getBuiltinModule("node:module")) return;
  setFlags([{ flag: `--interrupt-budget=${bytesBeforeOptimizing}`, usual: `--interrupt-budget=${usualBytes}` }]);
}
