import { expect, test } from "@jest/globals";
import { once } from "node:events";
import { type ClientHttp2Session, connect as connectHttp2 } from "node:http2";
import { Code } from "@connectrpc/connect";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { messageIn, sent } from "../support/provider/call-provider.ts";
import { open, type PluginProcess } from "../support/provider/plugin-process.ts";
import { creating, engine, givenStandInProcesses, typeName } from "../support/processes/stand-in-processes.ts";
import { standInThing } from "../support/processes/stand-in-server.ts";
import {
  PlanResourceChange_RequestSchema,
  PlanResourceChange_ResponseSchema,
} from "../support/protocol6/generated/tfplugin6_pb.ts";

const processes = givenStandInProcesses();

/** A connection without a library's own limits and costs. */
async function givenSession(plugin: PluginProcess): Promise<ClientHttp2Session> {
  const handshake = await plugin.handshake();
  const session = connectHttp2("https://localhost", {
    createConnection: () => open(handshake, engine),
    maxSessionMemory: 1024,
  });
  await once(session, "connect");
  return session;
}

/** Plans to create this value, and gives back what is planned. */
async function plan(session: ClientHttp2Session, msgpack: Uint8Array): Promise<Uint8Array | undefined> {
  const request = create(PlanResourceChange_RequestSchema, { typeName, proposedNewState: { msgpack } });
  const message = toBinary(PlanResourceChange_RequestSchema, request);
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  const stream = session.request({
    ":method": "POST",
    ":path": "/tfplugin6.Provider/PlanResourceChange",
    "content-type": "application/grpc",
    te: "trailers",
  });
  const pieces: Buffer[] = [];
  stream.on("data", (piece: Buffer) => pieces.push(piece));
  stream.write(prefix);
  stream.end(message);
  await once(stream, "close");
  return fromBinary(PlanResourceChange_ResponseSchema, messageIn(Buffer.concat(pieces))).plannedState?.msgpack;
}

test("a message of more than 64 MiB goes both ways", async () => {
  const session = await givenSession(processes.startAsEngine());
  const { msgpack } = sent(standInThing({ name: "x".repeat(64 * 1024 * 1024) }));

  const planned = await plan(session, msgpack);
  session.destroy();

  expect(Buffer.compare(planned ?? Buffer.of(), msgpack)).toBe(0);
}, 120_000);

test("ten thousand calls at once are answered, each with its own answer", async () => {
  const session = await givenSession(processes.startAsEngine());
  const things = Array.from({ length: 10_000 }, (_, index) => sent(standInThing({ name: `thing-${index}` })).msgpack);

  const planned = await Promise.all(things.map(async (thing) => plan(session, thing)));
  session.destroy();

  const wrong = planned.filter(
    (answer, index) => Buffer.compare(answer ?? Buffer.of(), things[index] ?? Buffer.of()) !== 0,
  );
  expect(wrong).toEqual([]);
}, 120_000);

test("two hundred engines' first questions at once are answered", async () => {
  const { provider } = await processes.startAsEngine().connect(engine);

  const schemas = await Promise.all(Array.from({ length: 200 }, async () => provider.getProviderSchema({})));

  expect(schemas.filter(({ resourceSchemas }) => typeName in resourceSchemas)).toHaveLength(200);
}, 120_000);

test("of forty calls, those that are given up disturb none of the others", async () => {
  const plugin = processes.startAsEngine({ STAND_IN_MARKER: processes.path("forty") });
  const { provider } = await plugin.connect(engine);
  const calls = Array.from({ length: 40 }, (_, index) => {
    const givingUp = new AbortController();
    const isGivenUp = index % 2 === 0;
    const outcome = provider.applyResourceChange(creating("held"), { signal: givingUp.signal });
    return { givingUp, isGivenUp, outcome };
  });
  const outcomes = Promise.allSettled(calls.map(async ({ outcome }) => outcome));
  await plugin.says("holding");
  await provider.getProviderSchema({});

  for (const { givingUp, isGivenUp } of calls) if (isGivenUp) givingUp.abort();
  await expect(calls[0]?.outcome).rejects.toMatchObject({ code: Code.Canceled });
  plugin.child.kill("SIGUSR2");
  const statuses = (await outcomes).map(({ status }) => status);

  expect(statuses).toEqual(calls.map(({ isGivenUp }) => (isGivenUp ? "rejected" : "fulfilled")));
  expect(plugin.child.exitCode).toBeNull();
}, 60_000);

test("a call with a deadline ends when it has passed, and the next is answered", async () => {
  const plugin = processes.startAsEngine({ STAND_IN_MARKER: processes.path("deadline") });
  const { provider } = await plugin.connect(engine);

  const applying = provider.applyResourceChange(creating("held"), { timeoutMs: 1 });

  await expect(applying).rejects.toMatchObject({ code: Code.DeadlineExceeded });
  await expect(provider.getProviderSchema({})).resolves.toBeDefined();
});
