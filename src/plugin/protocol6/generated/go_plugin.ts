// Written by "npm run generate:stubs" from go_plugin.proto; not to be edited.
/* eslint-disable */

import type { HeldRpc, UnaryRpc, Writable } from "../../protobuf/rpc.ts";
import type { WireReader } from "../../protobuf/wire-reader.ts";
import type { WireWriter } from "../../protobuf/wire-writer.ts";

/** plugin.Empty, as it is received. */
export interface Empty {
}

export function decodeEmpty(reader: WireReader, end: number, _before?: Empty): Empty {
  const message: Writable<Empty> = {
  };
  while (reader.isBefore(end)) {
    const tag = reader.tag();
    switch (tag) {
      default:
        reader.skip(tag);
    }
  }
  return message;
}

/** plugin.Empty, as it is sent: what is left out is as good as its zero. */
export interface EmptyInit {
}

export function encodeEmpty(_writer: WireWriter, _message: EmptyInit): void {
}

/** plugin.GRPCController */
export const GRPCController = {
  shutdown: { path: "/plugin.GRPCController/Shutdown", decode: decodeEmpty, encode: encodeEmpty } satisfies UnaryRpc<Empty, EmptyInit>,
} as const;

/** plugin.GRPCStdio */
export const GRPCStdio = {
  streamStdio: { path: "/plugin.GRPCStdio/StreamStdio" } satisfies HeldRpc,
} as const;

/** plugin.GRPCBroker */
export const GRPCBroker = {
  startStream: { path: "/plugin.GRPCBroker/StartStream" } satisfies HeldRpc,
} as const;
