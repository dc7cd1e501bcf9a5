import type { ServiceImpl } from "@connectrpc/connect";
import type { GRPCController } from "./protocol6/generated/go_plugin_pb.ts";

/**
 * The service `plugin.GRPCController`, by which the engine ends the process.
 *
 * @param leave - called with the answer still to be sent
 */
export function controllerService(leave: () => void): ServiceImpl<typeof GRPCController> {
  return {
    shutdown: () => {
      leave();
      return {};
    },
  };
}
