import type { GenericSchema, InferOutput } from "valibot";
import type { Caller, Operation } from "../rules/authorize.ts";
import type { Context } from "../rules/context.ts";

/** A request that has found its route, as a route sees it. */
export interface ApiRequest {
  /** Who sends it; `nobody` on open paths. */
  readonly caller: Caller;
  /** The value of a `{name}` of the route's path, percent-decoded. */
  param(name: string): string;
  /** The first value of a query parameter; `undefined` when it is absent. */
  query(name: string): string | undefined;
  /** The header If-Match. */
  readonly ifMatch: string | undefined;
  /**
   * The body, decoded. Unknown fields are dropped.
   *
   * @throws {ApiError} 400 naming the field at fault
   */
  body<S extends GenericSchema>(schema: S): InferOutput<S>;
}

/**
 * What a route answers: always 200, since the API knows no other success here.
 *
 * @see OpenAPI 7.8.2
 */
export interface Answer {
  /** Sent as JSON; absent for an empty answer. */
  readonly body?: unknown;
  readonly etag?: string;
}

/** A method of HTTP that some route has. */
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One endpoint. */
export interface Route {
  readonly method: Method;
  /** With `{name}` for a segment that varies. A slash at the end is part of the path. */
  readonly path: string;
  /** What it does, for `rules/authorize.ts` to decide who may. */
  readonly operation: Operation;
  /**
   * Runs as one change of the store.
   *
   * @throws {ApiError}
   */
  handle(request: ApiRequest, context: Context): Answer;
}
