import { encodeHeaders } from "../http2/hpack-encoder.ts";
import { encodeStatusMessage, type GrpcError, statusCodes } from "./status.ts";

/** The headers of an answer with messages. */
export const answerHeaders = encodeHeaders({ ":status": "200", "content-type": "application/grpc" });

/** What ends an answer with messages that has succeeded. */
export const okTrailers = encodeHeaders({ "grpc-status": String(statusCodes.ok) });

/** The answer of HTTP to another method than POST. */
export const methodNotAllowed = encodeHeaders({ ":status": "405", allow: "POST" });

/** The answer of HTTP to a request that is not one of gRPC. */
export const unsupportedMediaType = encodeHeaders({ ":status": "415" });

/** Longer messages are cut: with each character as up to nine bytes, as many still fit into one frame. */
const longestMessage = 1000;

/** What ends a call with an error. */
export function errorTrailers({ code, message }: GrpcError): Buffer {
  const shown = encodeStatusMessage(message.slice(0, longestMessage));
  return encodeHeaders({ "grpc-status": String(code), "grpc-message": shown });
}
