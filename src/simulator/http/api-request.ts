import type { GenericSchema, InferOutput } from "valibot";
import type { RefusalName } from "../rules/api-error.ts";
import type { Caller, Operation } from "../rules/access/authorize.ts";
import type { Context } from "../rules/context.ts";
import type { Feature } from "../rules/core-version.ts";

/** A request that has found its route, as a route sees it. */
export interface ApiRequest {
  /** Who sends it; `nobody` on open paths. */
  readonly caller: Caller;
  /** The value of a `{name}` of the route's path, percent-decoded. */
  readonly param: (name: string) => string;
  /**
   * The first value of a query parameter; `undefined` when it is absent.
   *
   * @throws {Error} when the route does not declare the parameter
   */
  readonly query: (name: string) => string | undefined;
  /** The header If-Match, for routes that declare `takesIfMatch`. */
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

/** A parameter in a query; no route needs one. */
export interface QueryParameter {
  readonly name: string;
  /** For people: what it does. */
  readonly description: string;
}

/** What a route says of itself. Beside `method`, `path` and `operation` all of it may be left out. */
interface RouteFacts {
  readonly method: Method;
  /** With `{name}` for a segment that varies. A slash at the end is part of the path. */
  readonly path: string;
  /** What it does, for `rules/authorize.ts` to decide who may. */
  readonly operation: Operation;
  /** The feature that a version must have to serve it; without one, every version serves it. */
  readonly since?: Feature;
  /** Fields of its body that came later than itself: what a version must have to know them. */
  readonly laterFields?: Readonly<Record<string, Feature>>;
  /** For people: what it does, in a few words without a full stop. */
  readonly summary?: string;
  /** Whether it is deprecated, because a newer path does the same. */
  readonly isDeprecated?: boolean;
  /** The parameters of its query; others are ignored. */
  readonly query?: readonly QueryParameter[];
  /** Whether the header If-Match counts. */
  readonly takesIfMatch?: boolean;
  /** The shape of its answer; absent when the answer is empty. */
  readonly answer?: GenericSchema;
  /** How it refuses, apart from what follows from its path, body and operation. */
  readonly refusals?: readonly RefusalName[];
}

/** One endpoint. */
export interface Route extends RouteFacts {
  /** The shape of its body, decoded by `handle`; see {@link withBody}. */
  readonly body?: GenericSchema;
  /**
   * Runs as one change of the store.
   *
   * @throws {ApiError}
   */
  handle(request: ApiRequest, context: Context): Answer;
}

/** What a route with a body does. */
interface RouteWithBody<S extends GenericSchema> extends RouteFacts {
  readonly body: S;
  /**
   * Runs as one change of the store.
   *
   * @throws {ApiError}
   */
  handle(request: ApiRequest & { readonly content: InferOutput<S> }, context: Context): Answer;
}

/** A route whose body is decoded as it declares: `handle` finds it in `request.content`. */
export function withBody<S extends GenericSchema>(route: RouteWithBody<S>): Route {
  return {
    ...route,
    handle: (request, context) => route.handle({ ...request, content: request.body(route.body) }, context),
  };
}
