/** The codes of gRPC that this server answers with. */
export const statusCodes = {
  ok: 0,
  deadlineExceeded: 4,
  notFound: 5,
  resourceExhausted: 8,
  unimplemented: 12,
  internal: 13,
} as const;

/** One of {@link statusCodes}. */
export type StatusCode = (typeof statusCodes)[keyof typeof statusCodes];

/** Why a call has no answer, for the other side. Its message goes over the wire as it is. */
export class GrpcError extends Error {
  override readonly name = "GrpcError";
  readonly code: StatusCode;

  constructor(code: StatusCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** A message of a status as a header takes it: bytes that are not visible ASCII, and the percent sign, as `%` and two digits. */
export function encodeStatusMessage(message: string): string {
  return message.replaceAll(/[^\x20-\x24\x26-\x7e]/gu, (character) =>
    Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(""),
  );
}
