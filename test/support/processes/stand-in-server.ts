import type { ProviderSchemas, ProviderServer, ResourceSchemas } from "../../../src/framework/provider-server.ts";
import { computed, mapOf, number, optional, required, setOf, string } from "../../../src/framework/schema.ts";
import { nullValue, type Value } from "../../../src/framework/value.ts";
import { type Plain, value } from "../provider/values.ts";

const description = "Part of the stand-in.";
const nothing = Promise.resolve({ diagnostics: [] });

const thing: ResourceSchemas = {
  schema: {
    version: 2,
    description,
    attributes: {
      id: computed(string, { description }),
      name: required(string, { description }),
      size: optional(number, { description }),
      tags: optional(setOf(string), { description }),
      labels: optional(mapOf(string), { description }),
      secret_wo: optional(string, { description, writeOnly: true }),
    },
  },
  identity: { version: 1, attributes: { id: { type: { kind: "string" }, description, requiredForImport: true } } },
};

const schemas: ProviderSchemas = {
  provider: { description, attributes: { host: optional(string, { description }) } },
  resources: new Map([["standin_thing", thing]]),
  dataSources: new Map([["standin_thing", { description, attributes: { name: required(string, { description }) } }]]),
  ephemeralResources: new Map([
    ["standin_key", { description, attributes: { name: required(string, { description }) } }],
  ]),
  lists: new Map([["standin_thing", { description, attributes: { name: optional(string, { description }) } }]]),
  actions: new Map([["standin_bell", { description, attributes: { name: required(string, { description }) } }]]),
  functions: new Map([
    [
      "shout",
      {
        name: "shout",
        summary: "Shouts",
        description,
        parameters: [{ name: "text", type: { kind: "string" }, description, allowNull: true }],
        variadicParameter: { name: "more", type: { kind: "number" }, description },
        returns: { type: { kind: "string" } },
        call: async () => Promise.resolve(nullValue),
      },
    ],
  ]),
};

/** All attributes of a `standin_thing`, null unless given. */
export function standInThing(given: Readonly<Record<string, Plain>>): Value {
  return value({ id: null, name: null, size: null, tags: null, labels: null, secret_wo: null, ...given });
}

/** The identity of a `standin_thing`. */
export function standInIdentity(id: string): Value {
  return value({ id });
}

/** The schemas of the stand-in, with another set of things that its resource can do. */
export function standInSchemas(resource: Partial<ResourceSchemas>): ProviderSchemas {
  return { ...schemas, resources: new Map([["standin_thing", { ...thing, ...resource }]]) };
}

/** A provider that gives back what it gets, except where a test says otherwise. */
export function standInServer(otherwise: Partial<ProviderServer> = {}): ProviderServer {
  const server: ProviderServer = {
    schemas,
    servedTo: () => server,
    validateProvider: async () => nothing,
    configure: async () => nothing,
    stop: () => undefined,
    validateResource: async () => nothing,
    validateDataSource: async () => nothing,
    validateEphemeral: async () => nothing,
    validateAction: async () => nothing,
    validateList: async () => nothing,
    // eslint-disable-next-line @typescript-eslint/require-await -- there is nothing to wait for
    listResource: async function* () {
      yield* [];
    },
    generateConfig: async ({ state }) => Promise.resolve({ config: state, diagnostics: [] }),
    upgradeState: async ({ rawStateJson }) => Promise.resolve({ diagnostics: [], stateJson: rawStateJson }),
    upgradeIdentity: async () => Promise.resolve({ diagnostics: [], identity: standInIdentity("upgraded") }),
    readResource: async (request) => Promise.resolve({ ...request, diagnostics: [] }),
    planResourceChange: async ({ proposed, private: memory, identity }) =>
      Promise.resolve({ planned: proposed, requiresReplace: [], private: memory, identity, diagnostics: [] }),
    applyResourceChange: async ({ planned, private: memory, identity }) =>
      Promise.resolve({ state: planned, private: memory, identity, diagnostics: [] }),
    importResource: async ({ id, identity }) =>
      Promise.resolve({
        imported: { state: standInThing({ id }), private: new Uint8Array(), identity },
        diagnostics: [],
      }),
    moveResource: async () => Promise.resolve({ target: undefined, diagnostics: [] }),
    readDataSource: async ({ config }) => Promise.resolve({ state: config, diagnostics: [] }),
    openEphemeral: async ({ config }) =>
      Promise.resolve({ result: config, private: undefined, renewAt: undefined, diagnostics: [] }),
    renewEphemeral: async (request) => Promise.resolve({ ...request, renewAt: undefined, diagnostics: [] }),
    closeEphemeral: async () => nothing,
    closeLeftovers: async () => nothing,
    planAction: async () => nothing,
    invokeAction: async () => nothing,
    callFunction: async (_name, [first = nullValue]) => Promise.resolve({ kind: "result", value: first }),
    ...otherwise,
  };
  return server;
}
