// Written by "npm run generate:stubs" from grpc_health.proto; not to be edited.
/* eslint-disable */

import type { UnaryRpc, Writable } from "../../protobuf/rpc.ts";
import type { WireReader } from "../../protobuf/wire-reader.ts";
import type { WireWriter } from "../../protobuf/wire-writer.ts";

/** grpc.health.v1.HealthCheckResponse.ServingStatus */
export const HealthCheckResponse_ServingStatus = {
  UNKNOWN: 0,
  SERVING: 1,
  NOT_SERVING: 2,
  SERVICE_UNKNOWN: 3,
} as const;

/** grpc.health.v1.HealthCheckResponse.ServingStatus */
export type HealthCheckResponse_ServingStatus = (typeof HealthCheckResponse_ServingStatus)[keyof typeof HealthCheckResponse_ServingStatus];

/** grpc.health.v1.HealthCheckRequest, as it is received. */
export interface HealthCheckRequest {
  readonly service: string;
}

export function decodeHealthCheckRequest(reader: WireReader, end: number, before?: HealthCheckRequest): HealthCheckRequest {
  const message: Writable<HealthCheckRequest> = {
    service: before?.service ?? "",
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
        message.service = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** grpc.health.v1.HealthCheckResponse, as it is sent: what is left out is as good as its zero. */
export interface HealthCheckResponseInit {
  readonly status?: HealthCheckResponse_ServingStatus | undefined;
}

export function encodeHealthCheckResponse(writer: WireWriter, message: HealthCheckResponseInit): void {
  if (message.status) writer.enumeration(8, message.status);
}

/** grpc.health.v1.Health */
export const Health = {
  check: { path: "/grpc.health.v1.Health/Check", decode: decodeHealthCheckRequest, encode: encodeHealthCheckResponse } satisfies UnaryRpc<HealthCheckRequest, HealthCheckResponseInit>,
} as const;
