import { GrpcError, statusCodes } from "./status.ts";

const unitMs: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/**
 * How many milliseconds the header `grpc-timeout` leaves for a call.
 *
 * @throws {GrpcError} for a text that is not a timeout
 */
export function parseTimeoutMs(text: string): number {
  const [, digits = "", unit = ""] = /^(\d{1,8})([HMSmun])$/.exec(text) ?? [];
  const factor = unitMs[unit];
  if (factor === undefined) {
    throw new GrpcError(
      statusCodes.internal,
      "grpc-timeout is not a number of at most 8 digits with H, M, S, m, u or n",
    );
  }
  return Number(digits) * factor;
}
