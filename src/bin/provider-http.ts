/*
 * What the provider's program loads with its first request. In the build it is a file of its own, so that processes which send none
 * do without: tools/build.ts.
 */
import { limitMemoryUse } from "../plugin/runtime/memory-use.ts";

export { Pool } from "undici";

// By now Node has loaded what it needs. The first connection loads WebAssembly.
limitMemoryUse();
