import { setFlags } from "./v8-flags.ts";

/** From this size on, the space for new objects no longer grows. V8 alone would let it grow to 32 MB and more. */
const limitBytes = 8_000_000;
/** One look takes about two microseconds. */
const lookEveryMs = 50;

/**
 * Keeps the space that V8 sets aside for new objects small: it would be a third of what a process takes for a thousand
 * objects, and most of it is garbage.
 *
 * An engine starts the provider without flags of Node, and `--max-semi-space-size` counts only before Node starts. The factor by
 * which the space grows is read whenever it grows.
 */
export function limitYoungGeneration(): void {
  const timer = setInterval(() => {
    // Loaded only then: an engine would wait for it.
    const { getHeapSpaceStatistics } = process.getBuiltinModule("node:v8");
    const young = getHeapSpaceStatistics().find((space) => space.space_name === "new_space");
    if (young === undefined || young.space_size < limitBytes) return;
    setFlags([{ flag: "--semi-space-growth-factor=1", usual: "--semi-space-growth-factor=2" }]);
    clearInterval(timer);
  }, lookEveryMs).unref();
}

/**
 * Keeps a process small that speaks with a cluster.
 *
 * Call it when Node has loaded what that takes, and before WebAssembly is loaded.
 */
export function limitMemoryUse(): void {
  setFlags([
    // The parser of HTTP answers is WebAssembly, and good enough as it is: optimizing it takes 30 MB and a tenth of a second.
    { flag: "--no-wasm-tier-up", usual: "--wasm-tier-up" },
    { flag: "--no-wasm-dynamic-tiering", usual: "--wasm-dynamic-tiering" },
    // V8 collects old objects when they are half as much again as after the last time, and not a multiple of that.
    { flag: "--heap-growing-percent=50", usual: "--heap-growing-percent=0" },
  ]);
}
