import type { Action } from "./action/action.ts";
import type { Diagnostics } from "./diagnostics.ts";
import type { ConfigModel } from "./model.ts";
import type { DataSource, EphemeralResource, ProviderFunction, Resource, ValidateContext } from "./resource.ts";
import type { Schema } from "./schema.ts";

/** For {@link Provider.configure}. */
export interface ConfigureContext<S extends Schema> {
  readonly config: ConfigModel<S>;
  readonly diagnostics: Diagnostics;
  readonly signal: AbortSignal;
}

/**
 * A whole provider: its configuration and the inventory of what it offers.
 *
 * `C` is the type of the API client: `configure` creates it, and every operation receives it.
 */
export interface Provider<S extends Schema, C> {
  /** Prefix of all type names: `qumulo`. */
  readonly name: string;
  readonly schema: S;
  /** Checks the configuration as far as it is known; makes no requests. */
  validate?(context: ValidateContext<S>): void;
  /**
   * Connects. Runs once per phase and again whenever the configuration changes; not at all while parts of the
   * configuration are unknown.
   */
  configure(context: ConfigureContext<S>): Promise<C>;
  readonly resources: readonly AnyResource<C>[];
  readonly dataSources: readonly AnyDataSource<C>[];
  readonly ephemeralResources: readonly AnyEphemeralResource<C>[];
  readonly actions?: readonly AnyAction<C>[];
  readonly functions: readonly ProviderFunction[];
}

/* The models of different schemas have no common type that TypeScript can compare, so the inventory forgets them. */
/* eslint-disable @typescript-eslint/no-explicit-any */
/** Any resource for this way to the API. */
export type AnyResource<C> = Resource<any, C>;
/** Any data source for this way to the API. */
export type AnyDataSource<C> = DataSource<any, C>;
/** Any ephemeral resource for this way to the API. */
export type AnyEphemeralResource<C> = EphemeralResource<any, C>;
/** Any action for this way to the API. */
export type AnyAction<C> = Action<any, C>;
