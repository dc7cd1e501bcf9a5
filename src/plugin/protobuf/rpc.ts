import type { WireReader } from "./wire-reader.ts";
import type { Encode } from "./wire-writer.ts";

/**
 * Reads a message up to its end.
 *
 * @param before - what came of the same message earlier, whose fields stay where they do not come again
 * @throws {WireError} for bytes that are not such a message
 */
export type Decode<T> = (reader: WireReader, end: number, before?: T) => T;

/** A remote procedure call that takes one message and gives one. */
export interface UnaryRpc<Request, Response> {
  /** Its path in HTTP. */
  readonly path: string;
  readonly decode: Decode<Request>;
  readonly encode: Encode<Response>;
}

/** A remote procedure call that takes one message and gives any number, one after another. */
export interface ServerStreamRpc<Request, Event> {
  /** Its path in HTTP. */
  readonly path: string;
  readonly decode: Decode<Request>;
  readonly encode: Encode<Event>;
}

/** A remote procedure call that is held open, and over which nothing is sent. */
export interface HeldRpc {
  /** Its path in HTTP. */
  readonly path: string;
}

/** A message while it is read. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };
