import type { ProviderSchemas } from "../../framework/provider-server.ts";
import type { Call } from "./call.ts";
import { encodeDiagnostics } from "./diagnostics.ts";
import { encodeFunction } from "./function-signature.ts";
import type {
  GetFunctions_Request,
  GetFunctions_ResponseInit,
  GetMetadata_Request,
  GetMetadata_ResponseInit,
  GetProviderSchema_Request,
  GetProviderSchema_ResponseInit,
  GetResourceIdentitySchemas_Request,
  GetResourceIdentitySchemas_ResponseInit,
  ServerCapabilitiesInit,
} from "./generated/tfplugin6.ts";
import { emptySchema, encodeIdentitySchema, encodeSchema } from "./schema.ts";

/** All schemas and what the provider can do. Builds no state: newer engines skip this call in later processes. */
export const getProviderSchema: Call<GetProviderSchema_Request, GetProviderSchema_ResponseInit> = {
  answer: async ({ schemas }) => Promise.resolve(schemaMessage(schemas)),
  failure: (diagnostics) => ({ provider: emptySchema, diagnostics: encodeDiagnostics(diagnostics) }),
};

const schemaMessages = new WeakMap<ProviderSchemas, GetProviderSchema_ResponseInit>();

/** The message for all schemas, made once: engines that are attached to one process ask again and again. */
function schemaMessage(schemas: ProviderSchemas): GetProviderSchema_ResponseInit {
  const message = schemaMessages.get(schemas) ?? {
    provider: encodeSchema(schemas.provider),
    resourceSchemas: mapValues(schemas.resources, ({ schema }) => encodeSchema(schema)),
    dataSourceSchemas: mapValues(schemas.dataSources, encodeSchema),
    ephemeralResourceSchemas: mapValues(schemas.ephemeralResources, encodeSchema),
    listResourceSchemas: mapValues(schemas.lists, encodeSchema),
    actionSchemas: mapValues(schemas.actions, (schema) => ({ schema: encodeSchema(schema) })),
    functions: mapValues(schemas.functions, encodeFunction),
    serverCapabilities: serverCapabilities(schemas),
  };
  schemaMessages.set(schemas, message);
  return message;
}

/** The names of all that there is. */
export const getMetadata: Call<GetMetadata_Request, GetMetadata_ResponseInit> = {
  answer: async ({ schemas }) =>
    Promise.resolve({
      resources: typeNames(schemas.resources),
      dataSources: typeNames(schemas.dataSources),
      ephemeralResources: typeNames(schemas.ephemeralResources),
      listResources: typeNames(schemas.lists),
      actions: typeNames(schemas.actions),
      functions: [...schemas.functions.keys()].map((name) => ({ name })),
      serverCapabilities: serverCapabilities(schemas),
    }),
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

/** The identity schemas of those resources that have one. */
export const getResourceIdentitySchemas: Call<
  GetResourceIdentitySchemas_Request,
  GetResourceIdentitySchemas_ResponseInit
> = {
  answer: async ({ schemas }) => {
    const identitySchemas = [...schemas.resources].flatMap(([name, { identity }]) =>
      identity === undefined ? [] : [[name, encodeIdentitySchema(identity)] as const],
    );
    return Promise.resolve({ identitySchemas: Object.fromEntries(identitySchemas) });
  },
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

/** All functions. */
export const getFunctions: Call<GetFunctions_Request, GetFunctions_ResponseInit> = {
  answer: async ({ schemas }) => Promise.resolve({ functions: mapValues(schemas.functions, encodeFunction) }),
  failure: (diagnostics) => ({ diagnostics: encodeDiagnostics(diagnostics) }),
};

function serverCapabilities(schemas: ProviderSchemas): ServerCapabilitiesInit {
  return {
    planDestroy: true,
    getProviderSchemaOptional: true,
    generateResourceConfig: true,
    moveResourceState: [...schemas.resources.values()].some(({ acceptsMoves }) => acceptsMoves === true),
  };
}

function typeNames(entries: ReadonlyMap<string, unknown>): readonly { readonly typeName: string }[] {
  return [...entries.keys()].map((typeName) => ({ typeName }));
}

function mapValues<T, U>(values: ReadonlyMap<string, T>, change: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries([...values].map(([name, value]) => [name, change(value)]));
}
