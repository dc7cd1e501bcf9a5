import type { ServiceImpl } from "@connectrpc/connect";
import type { GRPCController } from "./protocol6/generated/go_plugin_pb.ts";

/**
 * The service `plugin.GRPCController`, by which the engine ends the process.
 *
 * @param leave - called before the answer is sent: the engine waits for it, and kills soon after it
 */
export function controllerService(leave: () => Promise<void>): ServiceImpl<typeof GRPCController> {
  return {
    shutdown: async () => {
      await leave();
      return {};
    },
  };
}
