import { expect, test } from "@jest/globals";
import type { ListAnswer, ListRequest, ProviderServer } from "../../../src/framework/provider-server.ts";
import { standInIdentity, standInServer, standInThing } from "../../support/processes/stand-in-server.ts";
import { allOf, callProvider, received, receivedIdentity, sent } from "../../support/provider/call-provider.ts";
import { value } from "../../support/provider/values.ts";

const typeName = "standin_thing";
const request = { typeName, config: sent(value({ name: "a" }), "list"), limit: 5n };

/** Lists with a provider that answers so. */
function listing(answers: (request: ListRequest) => AsyncIterable<ListAnswer>): ProviderServer {
  return standInServer({ listResource: answers });
}

function thing(id: string, state = false): ListAnswer {
  return {
    object: {
      displayName: `thing ${id}`,
      identity: standInIdentity(id),
      state: state ? standInThing({ id }) : undefined,
    },
    diagnostics: [],
  };
}

test("lists are in the schema, and the provider can write configurations", async () => {
  const client = callProvider(standInServer());

  const [schema, metadata] = [await client.getProviderSchema({}), await client.getMetadata({})];

  expect(schema.listResourceSchemas).toMatchObject({ standin_thing: { block: { attributes: [{ name: "name" }] } } });
  expect(schema.serverCapabilities).toMatchObject({ generateResourceConfig: true });
  expect(metadata.listResources).toMatchObject([{ typeName }]);
});

test("filters are checked", async () => {
  const seen: unknown[] = [];
  const client = callProvider(
    standInServer({
      async validateList({ config }) {
        seen.push(config);
        return Promise.resolve({ diagnostics: [{ severity: "error", summary: "Bad", detail: "Very." }] });
      },
    }),
  );

  const { diagnostics } = await client.validateListResourceConfig({ typeName, config: request.config });

  expect(seen).toEqual([value({ name: "a" })]);
  expect(diagnostics).toMatchObject([{ summary: "Bad" }]);
});

test("a list asks for what the engine asks, and sends each object with its identity", async () => {
  const seen: ListRequest[] = [];
  const server = listing(async function* (asked) {
    seen.push(asked);
    await Promise.resolve();
    yield thing("1", asked.includesObject);
    yield thing("2", asked.includesObject);
  });

  const bare = await allOf(callProvider(server).listResource(request));
  const whole = await allOf(callProvider(server).listResource({ ...request, includeResourceObject: true }));

  expect(seen).toMatchObject([
    { typeName, config: value({ name: "a" }), includesObject: false, limit: 5 },
    { includesObject: true },
  ]);
  expect(bare.map(({ displayName, identity }) => [displayName, receivedIdentity(identity)])).toEqual([
    ["thing 1", standInIdentity("1")],
    ["thing 2", standInIdentity("2")],
  ]);
  expect(bare.map(({ resourceObject }) => resourceObject)).toEqual([undefined, undefined]);
  expect(whole.map(({ resourceObject }) => received(resourceObject))).toEqual([
    standInThing({ id: "1" }),
    standInThing({ id: "2" }),
  ]);
});

test("diagnostics come with an object, or alone without an identity", async () => {
  const warning = { severity: "warning", summary: "Odd", detail: "Look." } as const;
  const server = listing(async function* () {
    await Promise.resolve();
    yield { object: undefined, diagnostics: [warning] };
    yield { ...thing("1"), diagnostics: [warning] };
  });

  const events = await allOf(callProvider(server).listResource(request));

  expect(events.map(({ identity, diagnostic }) => [identity !== undefined, diagnostic.length])).toEqual([
    [false, 1],
    [true, 1],
  ]);
});

test("a list that fails unexpectedly ends with a diagnostic after what was listed", async () => {
  const server = listing(async function* () {
    await Promise.resolve();
    yield thing("1");
    throw new Error("a secret");
  });

  const events = await allOf(callProvider(server).listResource(request));

  expect(events).toMatchObject([
    { displayName: "thing 1" },
    { displayName: "", diagnostic: [{ summary: "Could not list the resource" }] },
  ]);
});

test("an object is worked out only when the one before it was taken", async () => {
  const made: string[] = [];
  const server = listing(async function* () {
    for (const id of ["1", "2", "3", "4"]) {
      await Promise.resolve();
      made.push(id);
      yield thing(id);
    }
  });

  for await (const { displayName } of callProvider(server).listResource(request)) {
    if (displayName === "thing 2") break;
  }

  expect(made).toEqual(["1", "2"]);
});

test("the engine's log is told what takes long", async () => {
  const lines: unknown[] = [];
  const server = listing(async function* ({ progress }) {
    await Promise.resolve();
    progress("Reading things: 50 of 300");
    yield* [];
  });

  await allOf(callProvider(server, (...line) => lines.push(line)).listResource(request));

  expect(lines).toEqual([["info", "Reading things: 50 of 300", { list: typeName }]]);
});

test("the configuration of a state is written in the type of the resource", async () => {
  const generateConfig: ProviderServer["generateConfig"] = async () =>
    Promise.resolve({ config: standInThing({ name: "written" }), diagnostics: [] });

  const { config } = await callProvider(standInServer({ generateConfig })).generateResourceConfig({
    typeName,
    state: sent(standInThing({ id: "1", name: "a" })),
  });

  expect(received(config)).toEqual(standInThing({ name: "written" }));
});
