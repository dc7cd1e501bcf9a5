import type { Action } from "./action/action.ts";
import { DiagnosticError } from "./diagnostics.ts";
import type { Provider } from "./provider.ts";
import type { ProviderSchemas } from "./provider-server.ts";
import type { DataSource, EphemeralResource, Resource } from "./resource.ts";
import type { Schema } from "./schema.ts";

/** Everything that a provider offers, by the type names that practitioners write. */
export interface Inventory<C> {
  readonly schemas: ProviderSchemas;
  readonly resources: ReadonlyMap<string, Resource<Schema, C>>;
  readonly dataSources: ReadonlyMap<string, DataSource<Schema, C>>;
  readonly ephemeralResources: ReadonlyMap<string, EphemeralResource<Schema, C>>;
  readonly actions: ReadonlyMap<string, Action<Schema, C>>;
}

/** Indexes a provider by full type name: `qumulo_role`. */
export function inventoryOf<S extends Schema, C>(provider: Provider<S, C>): Inventory<C> {
  const byTypeName = <T extends { readonly name: string }>(entries: readonly T[]): ReadonlyMap<string, T> =>
    new Map(entries.map((entry) => [`${provider.name}_${entry.name}`, entry]));
  /* eslint-disable @typescript-eslint/no-unsafe-argument -- from here on, schemas drive the models; their types were checked where each resource is written */
  const resources = byTypeName<Resource<Schema, C>>(provider.resources);
  const dataSources = byTypeName<DataSource<Schema, C>>(provider.dataSources);
  const ephemeralResources = byTypeName<EphemeralResource<Schema, C>>(provider.ephemeralResources);
  const actions = byTypeName<Action<Schema, C>>(provider.actions ?? []);
  /* eslint-enable @typescript-eslint/no-unsafe-argument */
  return {
    resources,
    dataSources,
    ephemeralResources,
    actions,
    schemas: {
      provider: provider.schema,
      resources: mapValues(resources, (resource) => ({
        schema: resource.schema,
        identity: resource.identity,
        acceptsMoves: "move" in resource,
      })),
      dataSources: mapValues(dataSources, ({ schema }) => schema),
      ephemeralResources: mapValues(ephemeralResources, ({ schema }) => schema),
      actions: mapValues(actions, ({ schema }) => schema),
      lists: new Map(
        [...resources].flatMap(([name, { list }]) => (list === undefined ? [] : [[name, list.schema] as const])),
      ),
      functions: new Map(provider.functions.map((entry) => [entry.name, entry])),
    },
  };
}

/**
 * The entry of a type name.
 *
 * @throws {DiagnosticError} when the provider offers none: an engine checks names against the schema first
 */
export function findByTypeName<T>(entries: ReadonlyMap<string, T>, typeName: string): T {
  const entry = entries.get(typeName);
  if (entry !== undefined) return entry;
  throw new DiagnosticError({
    summary: "Unknown type",
    detail: `This provider has no ${typeName}; it has ${[...entries.keys()].join(", ") || "none of that kind"}.`,
  });
}

function mapValues<T, U>(entries: ReadonlyMap<string, T>, convert: (entry: T) => U): ReadonlyMap<string, U> {
  return new Map([...entries].map(([name, entry]) => [name, convert(entry)]));
}
