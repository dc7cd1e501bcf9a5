import type { ServiceImpl } from "@connectrpc/connect";
import { whenAborted } from "./when-aborted.ts";
import type { GRPCStdio } from "./protocol6/generated/go_plugin_pb.ts";

/**
 * The service `plugin.GRPCStdio`. Its one call sends nothing and stays open for as long as the engine lives: it is how
 * the process learns that the engine is gone, even one that was killed.
 *
 * @param onEngineGone - called when the engine ends the call or the connection
 */
export function stdioService(onEngineGone: () => void): ServiceImpl<typeof GRPCStdio> {
  return {
    // eslint-disable-next-line require-yield -- sends nothing on purpose
    async *streamStdio(_request, { signal }) {
      await whenAborted(signal);
      onEngineGone();
    },
  };
}
