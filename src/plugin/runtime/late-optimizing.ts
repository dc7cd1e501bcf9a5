/** V8 alone optimizes a function after a fifteenth of this, in bytes of what it has run. */
const bytesBeforeOptimizing = 1_000_000;

/**
 * Has V8 optimize functions later where Node is so old that it keeps nothing compiled.
 *
 * An engine starts a process for each of its phases, and most end before what is optimized has paid for itself. Newer
 * Nodes optimize in more and cheaper steps: there this gains nothing, and nothing is changed.
 */
export function optimizeLater(): void {
  if ("enableCompileCache" in process.getBuiltinModule("node:module")) return;
  process.getBuiltinModule("node:v8").setFlagsFromString(`--interrupt-budget=${bytesBeforeOptimizing}`);
}
