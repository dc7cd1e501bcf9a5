import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import { type Health, HealthCheckResponse_ServingStatus } from "./protocol6/generated/grpc_health_pb.ts";

/** The service `grpc.health.v1.Health`: `plugin`, and the process as a whole, serve for as long as they can answer. */
export const healthService: ServiceImpl<typeof Health> = {
  check: ({ service }) => {
    if (service !== "" && service !== "plugin") throw new ConnectError(`no service ${service} here`, Code.NotFound);
    return { status: HealthCheckResponse_ServingStatus.SERVING };
  },
};
