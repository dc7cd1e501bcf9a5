import type { Client } from "@connectrpc/connect";
import { expect, test } from "@jest/globals";
import { DiagnosticError } from "../../../src/framework/diagnostics.ts";
import type { ClientCapabilities, ProviderServer } from "../../../src/framework/provider-server.ts";
import { nullValue, unknownValue, type Value } from "../../../src/framework/value.ts";
import { Diagnostic_Severity, type Provider } from "../../support/protocol6/generated/tfplugin6_pb.ts";
import { callProvider, received, sent } from "../../support/provider/call-provider.ts";
import { standInSchemas, standInServer, standInThing } from "../../support/processes/stand-in-server.ts";
import { value } from "../../support/provider/values.ts";

const typeName = "standin_thing";
const memory = Buffer.from('{"etag":"1"}');

function refuses(): never {
  throw new Error("a bug");
}

/** A provider with a bug in everything. */
const broken = standInServer(
  Object.fromEntries(Object.keys(standInServer()).flatMap((name) => (name === "schemas" ? [] : [[name, refuses]]))),
);

test("the schema of the provider, of each resource, and of each data source has a block", async () => {
  const schema = await callProvider(standInServer()).getProviderSchema({});

  const all = [schema.provider, ...Object.values(schema.resourceSchemas), ...Object.values(schema.dataSourceSchemas)];
  expect(all).toHaveLength(3);
  expect(all.map((each) => each?.block)).not.toContain(undefined);
});

test("a provider that cannot even be loaded has an empty schema and says why", async () => {
  const schema = await callProvider(Promise.reject(new Error("no such file"))).getProviderSchema({});

  expect(schema.provider?.block).toBeDefined();
  expect(schema.diagnostics).toMatchObject([
    { detail: expect.stringContaining("met an unexpected error: Error at provider-service.test.ts:") },
  ]);
});

test.each([
  [true, true],
  [false, false],
  [undefined, false],
])("with a resource that accepts moves %p, the provider can move state: %p", async (acceptsMoves, expected) => {
  const schemas = standInSchemas(acceptsMoves === undefined ? {} : { acceptsMoves });

  const { serverCapabilities } = await callProvider(standInServer({ schemas })).getProviderSchema({});

  expect(serverCapabilities).toMatchObject({
    planDestroy: true,
    getProviderSchemaOptional: true,
    moveResourceState: expected,
    generateResourceConfig: true,
  });
});

test("identity schemas are those of the resources that have one", async () => {
  const withIdentity = await callProvider(standInServer()).getResourceIdentitySchemas({});
  const without = await callProvider(
    standInServer({ schemas: standInSchemas({ identity: undefined }) }),
  ).getResourceIdentitySchemas({});

  expect(withIdentity.identitySchemas).toMatchObject({ standin_thing: { version: 1n } });
  expect(without.identitySchemas).toEqual({});
});

test("functions are in the schema, and apart for engines that ask again", async () => {
  const client = callProvider(standInServer());

  const [schema, apart] = [await client.getProviderSchema({}), await client.getFunctions({})];

  expect(schema.functions).toMatchObject({ shout: { parameters: [{ name: "text", allowNullValue: true }] } });
  expect(apart.functions).toEqual(schema.functions);
});

test("configuration may be unknown while validating and configuring", async () => {
  const seen: Value[] = [];
  const note = async (config: Value) => {
    seen.push(config);
    return Promise.resolve({ diagnostics: [] });
  };
  const client = callProvider(standInServer({ validateProvider: note, configure: note }));
  const config = value({ host: null });
  const unknownHost: Value = { kind: "object", entries: new Map([["host", unknownValue]]) };

  await client.validateProviderConfig({ config: sent(unknownHost, "provider") });
  await client.configureProvider({ config: sent(unknownHost, "provider") });
  await client.configureProvider({ config: sent(config, "provider") });

  expect(seen).toEqual([unknownHost, unknownHost, config]);
});

test.each([
  [undefined, false],
  [{ writeOnlyAttributesAllowed: false }, false],
  [{ writeOnlyAttributesAllowed: true }, true],
])("an engine with the capabilities %p may set write-only attributes: %p", async (clientCapabilities, expected) => {
  const seen: ClientCapabilities[] = [];
  const validateResource: ProviderServer["validateResource"] = async ({ capabilities }) => {
    seen.push(capabilities);
    return Promise.resolve({ diagnostics: [] });
  };
  const request = { typeName, config: sent(standInThing({ secret_wo: "x" })) };

  await callProvider(standInServer({ validateResource })).validateResourceConfig(
    clientCapabilities === undefined ? request : { ...request, clientCapabilities },
  );

  expect(seen).toEqual([{ writeOnlyAttributesAllowed: expected }]);
});

const calls: readonly (readonly [string, (client: Client<typeof Provider>) => Promise<{ diagnostics: unknown[] }>])[] =
  [
    ["validateProviderConfig", async (client) => client.validateProviderConfig({})],
    ["configureProvider", async (client) => client.configureProvider({})],
    ["validateResourceConfig", async (client) => client.validateResourceConfig({ typeName })],
    ["upgradeResourceState", async (client) => client.upgradeResourceState({ typeName })],
    ["upgradeResourceIdentity", async (client) => client.upgradeResourceIdentity({ typeName })],
    ["readResource", async (client) => client.readResource({ typeName })],
    ["planResourceChange", async (client) => client.planResourceChange({ typeName })],
    ["applyResourceChange", async (client) => client.applyResourceChange({ typeName })],
    ["importResourceState", async (client) => client.importResourceState({ typeName })],
    ["moveResourceState", async (client) => client.moveResourceState({ targetTypeName: typeName })],
    ["validateDataResourceConfig", async (client) => client.validateDataResourceConfig({ typeName })],
    ["readDataSource", async (client) => client.readDataSource({ typeName })],
    [
      "validateEphemeralResourceConfig",
      async (client) => client.validateEphemeralResourceConfig({ typeName: "standin_key" }),
    ],
    ["openEphemeralResource", async (client) => client.openEphemeralResource({ typeName: "standin_key" })],
    ["renewEphemeralResource", async (client) => client.renewEphemeralResource({ typeName: "standin_key" })],
    ["closeEphemeralResource", async (client) => client.closeEphemeralResource({ typeName: "standin_key" })],
  ];

test.each(calls)("%s answers an unexpected failure with a diagnostic", async (_name, call) => {
  const { diagnostics } = await call(callProvider(broken));

  expect(diagnostics).toMatchObject([
    {
      severity: Diagnostic_Severity.ERROR,
      detail: expect.stringContaining("met an unexpected error: Error at provider-service.test.ts:"),
    },
  ]);
});

test.each(calls)("%s of a provider that cannot be loaded says so", async (_name, call) => {
  const { diagnostics } = await call(callProvider(Promise.reject(new Error("no such file"))));

  expect(diagnostics).toMatchObject([
    { detail: expect.stringContaining("met an unexpected error: Error at provider-service.test.ts:") },
  ]);
});

test("a failure that brings its own message is told in its words, at its attribute", async () => {
  const readDataSource: ProviderServer["readDataSource"] = async () =>
    Promise.reject(new DiagnosticError({ summary: "No such name", detail: "Choose another.", attribute: ["name"] }));

  const { diagnostics } = await callProvider(standInServer({ readDataSource })).readDataSource({ typeName });

  expect(diagnostics).toMatchObject([
    { summary: "No such name", detail: "Choose another.", attribute: { steps: [{ selector: { value: "name" } }] } },
  ]);
});

test("bytes that are not a value of the schema are refused at their attribute", async () => {
  const { diagnostics } = await callProvider(standInServer()).validateDataResourceConfig({
    typeName,
    config: { msgpack: Buffer.concat([Buffer.of(0x81, 0xa4), Buffer.from("name"), Buffer.of(0xc3)]) },
  });

  expect(diagnostics).toMatchObject([
    { detail: expect.stringContaining("bool"), attribute: { steps: [{ selector: { value: "name" } }] } },
  ]);
});

test("an unknown type name is refused with the names there are", async () => {
  const { diagnostics } = await callProvider(standInServer()).readResource({ typeName: "standin_other" });

  expect(diagnostics).toMatchObject([
    { summary: "Unknown resource standin_other", detail: expect.stringContaining("standin_thing") },
  ]);
});

test("a data source gives what it read", async () => {
  const config = value({ name: "a" });

  const { state } = await callProvider(standInServer()).readDataSource({
    typeName,
    config: sent(config, "dataSource"),
  });

  expect(received(state, "dataSource")).toEqual(config);
});

test("an ephemeral resource carries its private bytes and its time of renewal", async () => {
  const renewAt = new Date("2026-03-01T00:00:00.500Z");
  const openEphemeral: ProviderServer["openEphemeral"] = async ({ config }) =>
    Promise.resolve({ result: config, private: memory, renewAt, diagnostics: [] });
  const client = callProvider(standInServer({ openEphemeral }));
  const key = { typeName: "standin_key" };

  const opened = await client.openEphemeralResource({ ...key, config: sent(value({ name: "a" }), "key") });
  const renewed = await client.renewEphemeralResource({ ...key, private: memory });

  expect(received(opened.result, "key")).toEqual(value({ name: "a" }));
  expect(opened.renewAt).toMatchObject({
    seconds: BigInt(Date.parse("2026-03-01T00:00:00Z") / 1000),
    nanos: 500_000_000,
  });
  expect([opened.private, renewed.private].map((bytes) => Buffer.from(bytes ?? []))).toEqual([memory, memory]);
});

test("for ephemeral resources, no private bytes and empty ones are two things", async () => {
  const client = callProvider(standInServer());
  const key = { typeName: "standin_key" };

  const opened = await client.openEphemeralResource({ ...key, config: sent(value({ name: "a" }), "key") });
  const renewed = await client.renewEphemeralResource({ ...key, private: new Uint8Array() });

  expect(opened.private).toBeUndefined();
  expect(opened.renewAt).toBeUndefined();
  expect(renewed.private).toHaveLength(0);
});

test.each([
  ["nothing at all, as OpenTofu sends it", {}],
  ["a null, as Terraform sends it", { msgpack: Uint8Array.of(0xc0) }],
])("a null argument of a function comes as %s", async (_how, argument) => {
  const seen: unknown[] = [];
  const call: ProviderServer["callFunction"] = async (name, args) => {
    seen.push([name, ...args]);
    return Promise.resolve({ kind: "result", value: value("!") });
  };

  const { result } = await callProvider(standInServer({ callFunction: call })).callFunction({
    name: "shout",
    arguments: [argument, { msgpack: Uint8Array.of(1) }, { msgpack: Uint8Array.of(2) }],
  });

  expect(seen).toEqual([["shout", nullValue, value(1), value(2)]]);
  expect(received(result, "text")).toEqual(value("!"));
});

test.each([
  [undefined, undefined],
  [0, 0n],
  [2, 2n],
])("a function that refuses argument %p says which", async (argument, expected) => {
  const call: ProviderServer["callFunction"] = async () =>
    Promise.resolve({ kind: "error", text: "too long", argument });

  const { error, result } = await callProvider(standInServer({ callFunction: call })).callFunction({ name: "shout" });

  expect(error).toMatchObject({ text: "too long" });
  expect(error?.functionArgument).toBe(expected);
  expect(result).toBeUndefined();
});

test.each([
  ["fails unexpectedly", { name: "shout" }, "met an unexpected error: Error at provider-service.test.ts:"],
  ["does not exist", { name: "whisper" }, "has no function named whisper"],
])("a function that %s says so in its own way", async (_what, request, text) => {
  const { error } = await callProvider(broken).callFunction(request);

  expect(error?.text).toContain(text);
});

test("stopping is passed on, and answered with an empty error", async () => {
  let stops = 0;
  const client = callProvider(
    standInServer({
      stop: () => {
        stops += 1;
      },
    }),
  );

  const answer = await client.stopProvider({});

  expect(answer.Error).toBe("");
  expect(stops).toBe(1);
});
