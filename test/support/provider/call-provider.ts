import { Socket } from "node:net";
import { create, type DescMessage, fromBinary, type MessageShape, toBinary } from "@bufbuild/protobuf";
import { type Client, createClient } from "@connectrpc/connect";
import { identityTerraformType, schemaTerraformType } from "../../../src/framework/schema.ts";
import type { ProviderServer } from "../../../src/framework/provider-server.ts";
import type { TerraformType } from "../../../src/framework/terraform-type.ts";
import type { Value } from "../../../src/framework/value.ts";
import type { Sink } from "../../../src/plugin/grpc/answer-stream.ts";
import { encodeFrame } from "../../../src/plugin/grpc/frame.ts";
import type { Log } from "../../../src/plugin/log.ts";
import type { Encode } from "../../../src/plugin/protobuf/wire-writer.ts";
import { decodeMessagePack } from "../../../src/plugin/protocol6/decode-message-pack.ts";
import { encodeMessagePack } from "../../../src/plugin/protocol6/encode-message-pack.ts";
import { type DynamicValue, Provider, type ResourceIdentityData } from "../protocol6/generated/tfplugin6_pb.ts";
import { providerService } from "../../../src/plugin/protocol6/provider-service.ts";
import { standInServer } from "../processes/stand-in-server.ts";

const { provider, resources, dataSources, ephemeralResources, actions, lists } = standInServer().schemas;

function required<T>(found: T | undefined): T {
  if (found === undefined) throw new Error("the stand-in has no such thing");
  return found;
}

const thing = required(resources.get("standin_thing"));

/** Types of what the stand-in takes and gives. */
export const standInTypes = {
  provider: schemaTerraformType(provider),
  thing: schemaTerraformType(thing.schema),
  identity: identityTerraformType(required(thing.identity)),
  dataSource: schemaTerraformType(required(dataSources.get("standin_thing"))),
  key: schemaTerraformType(required(ephemeralResources.get("standin_key"))),
  list: schemaTerraformType(required(lists.get("standin_thing"))),
  bell: schemaTerraformType(required(actions.get("standin_bell"))),
  text: { kind: "string" },
} as const satisfies Record<string, TerraformType>;

/** The connection that calls come over: it is used to tell engines from each other, and here there is one. */
const socket = new Socket();

type TypeName = keyof typeof standInTypes;

/**
 * A client whose calls go through the protocol's messages to a provider in this process: written by a library of other people
 * and read by ours, and the other way round.
 */
export function callProvider(
  server: ProviderServer | Promise<ProviderServer>,
  log: Log = () => undefined,
): Client<typeof Provider> {
  const methods = new Map(providerService({ server: async () => server, run: async (work) => work(), log }));
  return createClient(Provider, {
    async unary(method, ...[, , , input]) {
      const called = methods.get(`/${method.parent.typeName}/${method.name}`);
      if (called?.kind !== "unary") throw new Error(`the provider has no call ${method.name}`);
      const frame = await called.answer(Buffer.from(toBinary(method.input, create(method.input, input))), socket);
      const [header, trailer] = [new Headers(), new Headers()];
      const message = fromBinary(method.output, messageIn(frame));
      return { stream: false, service: method.parent, method, header, trailer, message };
    },
    async stream(method, signal, ...[, , inputs]) {
      const called = methods.get(`/${method.parent.typeName}/${method.name}`);
      if (called?.kind !== "server-stream") throw new Error(`the provider has no stream ${method.name}`);
      const [input] = await allOf(inputs);
      const request = Buffer.from(toBinary(method.input, create(method.input, input)));
      const [header, trailer] = [new Headers(), new Headers()];
      const message = sentBy(async (frames) => called.answer(request, socket, frames), signal);
      return {
        stream: true,
        service: method.parent,
        method,
        header,
        trailer,
        message: decoded(message, (frame) => fromBinary(method.output, messageIn(frame))),
      };
    },
  });
}

/** What a streaming call sends, taken one after another: each is waited for until the one before was taken. */
async function* sentBy(
  answer: (frames: Sink<Buffer>) => Promise<void>,
  signal: AbortSignal = new AbortController().signal,
): AsyncIterable<Buffer> {
  const waiting: { readonly frame: Buffer; readonly taken: () => void }[] = [];
  const state = { isOver: false, wake: (): void => undefined };
  const send = async (frame: Buffer): Promise<void> => {
    await new Promise<void>((resolve) => {
      waiting.push({ frame, taken: resolve });
      state.wake();
    });
  };
  const ended = answer({ send, signal }).finally(() => {
    state.isOver = true;
    state.wake();
  });
  for (;;) {
    const next = waiting.shift();
    if (next !== undefined) {
      yield next.frame;
      next.taken();
    } else if (state.isOver) {
      await ended;
      return;
    } else {
      await new Promise<void>((resolve) => (state.wake = resolve));
    }
  }
}

/** Everything that comes, once all has come. */
export async function allOf<T>(each: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const one of each) all.push(one);
  return all;
}

async function* decoded<T>(frames: AsyncIterable<Buffer>, decode: (frame: Buffer) => T): AsyncIterable<T> {
  for await (const frame of frames) yield decode(frame);
}

/** A message of ours as the engine reads it. */
export function readBack<D extends DescMessage, T>(description: D, encode: Encode<T>, message: T): MessageShape<D> {
  return fromBinary(description, messageIn(encodeFrame(encode, message)));
}

/** What is behind the prefix of a frame, whose size must be that of the rest. */
export function messageIn(frame: Buffer): Buffer {
  const message = frame.subarray(5);
  if (frame[0] !== 0 || frame.readUInt32BE(1) !== message.length) throw new Error("the frame's prefix is wrong");
  return message;
}

/** A value as the engine sends it. */
export function sent(value: Value, type: TypeName = "thing"): { msgpack: Uint8Array } {
  return { msgpack: encodeMessagePack(value, standInTypes[type]) };
}

/** A value that was sent back; `undefined` where there was no message at all. */
export function received(message: DynamicValue | undefined, type: TypeName = "thing"): Value | undefined {
  return message === undefined ? undefined : decodeMessagePack(message.msgpack, standInTypes[type]);
}

/** An identity as the engine sends it. */
export function sentIdentity(value: Value): { identityData: { msgpack: Uint8Array } } {
  return { identityData: sent(value, "identity") };
}

/** An identity that was sent back. */
export function receivedIdentity(message: ResourceIdentityData | undefined): Value | undefined {
  return received(message?.identityData, "identity");
}
