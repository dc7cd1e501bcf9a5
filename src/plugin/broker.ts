import type { ServiceImpl } from "@connectrpc/connect";
import { whenAborted } from "./when-aborted.ts";
import type { GRPCBroker } from "./protocol6/generated/go_plugin_pb.ts";

/**
 * The service `plugin.GRPCBroker`, over which go-plugin arranges further connections. Providers need none: the call
 * stays open until the engine ends it.
 */
export const brokerService: ServiceImpl<typeof GRPCBroker> = {
  // eslint-disable-next-line require-yield -- has no connections to offer
  async *startStream(_requests, { signal }) {
    await whenAborted(signal);
  },
};
