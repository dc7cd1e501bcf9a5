import { GrpcError, statusCodes } from "./grpc/status.ts";
import { type Method, unary } from "./grpc/server.ts";
import { GRPCBroker, GRPCController, GRPCStdio } from "./protocol6/generated/go_plugin.ts";
import { Health, HealthCheckResponse_ServingStatus } from "./protocol6/generated/grpc_health.ts";

/** What the services need from the process. */
export interface PluginServicesOptions {
  /** Called when the engine asks the process to end; the answer is sent when it is done. */
  readonly onShutdown: () => Promise<void>;
  /** Called when the engine is gone, or is leaving. */
  readonly onEngineGone: () => void;
}

/** The services by which go-plugin, a library of the engines, runs any plugin. */
export function pluginServices({
  onShutdown,
  onEngineGone,
}: PluginServicesOptions): readonly (readonly [string, Method])[] {
  return [
    // The engine waits for the answer, and kills soon after it.
    unary(GRPCController.shutdown, async () => {
      await onShutdown();
      return {};
    }),
    // Stays open for as long as the engine lives: it is how the process learns that the engine is gone, even one that was killed.
    [GRPCStdio.streamStdio.path, { kind: "held", onEnd: onEngineGone }],
    // Arranges further connections, of which a provider needs none.
    [GRPCBroker.startStream.path, { kind: "held", onEnd: () => undefined }],
    unary(Health.check, async ({ service }) => Promise.resolve(checkHealth(service))),
  ];
}

/** `plugin`, and the process as a whole, serve for as long as they can answer. */
function checkHealth(service: string): { readonly status: HealthCheckResponse_ServingStatus } {
  if (service !== "" && service !== "plugin") {
    throw new GrpcError(statusCodes.notFound, `there is no service ${service} here`);
  }
  return { status: HealthCheckResponse_ServingStatus.SERVING };
}
