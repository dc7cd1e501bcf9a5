import type V8 from "node:v8";

/** From this size on, the space for new objects no longer grows. V8 alone would let it grow to 32 MB and more. */
const limitBytes = 8_000_000;
/** One look takes about two microseconds. */
const lookEveryMs = 50;

/**
 * Keeps the process small. An engine starts the provider without flags of Node, so that only those help that V8 still heeds.
 *
 * Call it before anything is loaded that uses WebAssembly.
 */
export function limitMemoryUse(): void {
  // Loaded only then, after the handshake: an engine would wait the millisecond or two that it takes.
  const v8 = process.getBuiltinModule("node:v8");
  // The parser of HTTP answers is WebAssembly, and good enough as it is: optimizing it takes 30 MB and a tenth of a second.
  v8.setFlagsFromString("--no-wasm-tier-up");
  v8.setFlagsFromString("--no-wasm-dynamic-tiering");
  // V8 collects old objects when they are half as much again as after the last time, and not a multiple of that.
  v8.setFlagsFromString("--heap-growing-percent=50");
  limitYoungGeneration(v8);
}

/**
 * Keeps the space that V8 sets aside for new objects small: it would be a third of what a process takes for a thousand
 * objects, and most of it is garbage.
 *
 * `--max-semi-space-size` counts only before Node starts. The factor by which the space grows is read whenever it grows.
 */
function limitYoungGeneration({ getHeapSpaceStatistics, setFlagsFromString }: typeof V8): void {
  const timer = setInterval(() => {
    const young = getHeapSpaceStatistics().find((space) => space.space_name === "new_space");
    if (young === undefined || young.space_size < limitBytes) return;
    setFlagsFromString("--semi-space-growth-factor=1");
    // What is kept of compiled code at the end is taken by processes with the same flags, which begin without this one.
    process.prependOnceListener("exit", () => {
      setFlagsFromString("--semi-space-growth-factor=2");
    });
    clearInterval(timer);
  }, lookEveryMs).unref();
}
