import { ApiError } from "../rules/api-error.ts";
import { authorize, isOpen, nobody } from "../rules/access/authorize.ts";
import type { Context } from "../rules/context.ts";
import { hasFeature } from "../rules/core-version.ts";
import { authenticate } from "../rules/access/sessions.ts";
import { storageFailure } from "../rules/storage-failure.ts";
import type { ApiRequest, Route } from "./api-request.ts";
import { findBearerToken } from "./authentication.ts";
import { type RenderedAnswer, renderError } from "./error-answer.ts";
import { decodeBody } from "./json-body.ts";
import { loggedPath } from "./request-log.ts";
import type { RouteMatch, Router } from "./router.ts";
import { splitTarget } from "./target.ts";
import type { CoreVersion } from "../../vocabulary/core-version.ts";

/** A request whose body has arrived. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly target: string;
  readonly authorization: string | undefined;
  readonly ifMatch: string | undefined;
  /** `undefined` when it was too large to keep. */
  readonly body: Buffer | undefined;
}

/** Called when something is wrong. */
export interface Listeners {
  /** A path that the simulator does not serve: the cluster may, or nobody does. */
  readonly onUnknownPath: (method: string, path: string) => void;
  /** A change that the data folder could not take, as on a full disk: what happened and what to do. */
  readonly onNotStored: (explanation: string) => void;
  /** A failure of the simulator itself. */
  readonly onDefect: (error: unknown) => void;
}

/** Answers one request, as one change of the store. Nothing is thrown: every failure is an answer. */
export function dispatch(
  request: ReceivedRequest,
  served: { readonly router: Router; readonly context: Context; readonly listeners: Listeners },
): RenderedAnswer {
  const { router, context, listeners } = served;
  try {
    const { path, query } = splitTarget(request.target);
    const match = router.find(request.method, path);
    if (match === undefined) {
      listeners.onUnknownPath(request.method, loggedPath(path));
      throw new ApiError("notFound", `There is nothing at ${loggedPath(path).slice(0, 200)}`);
    }
    return context.store.transaction(() => run(request, { match, query: new URLSearchParams(query) }, context));
  } catch (error) {
    if (error instanceof ApiError) return renderError(error, context.variations);
    const notStored = storageFailure(error);
    if (notStored !== undefined) {
      listeners.onNotStored(notStored.message);
      return renderError(notStored, context.variations);
    }
    listeners.onDefect(error);
    return renderError(new ApiError("internal"), context.variations);
  }
}

function run(
  request: ReceivedRequest,
  found: { readonly match: RouteMatch; readonly query: URLSearchParams },
  context: Context,
): RenderedAnswer {
  const { route, params } = found.match;
  const { body } = request;
  const caller = isOpen(route.operation) ? nobody : authenticate(context, findBearerToken(request.authorization));
  authorize(context, caller, route.operation);
  if (body === undefined) throw new ApiError("bodyTooLarge");
  const apiRequest: ApiRequest = {
    caller,
    param: (name) => params.get(name) ?? "",
    query: (name) => {
      if (route.query?.some((declared) => declared.name === name) !== true) {
        throw new Error(`${route.method} ${route.path} reads the query parameter ${name} without declaring it`);
      }
      return found.query.get(name) ?? undefined;
    },
    ifMatch: route.takesIfMatch === true ? request.ifMatch : undefined,
    body: (schema) => decodeBody(body, schema, unknownFieldsOf(route, context.coreVersion)),
  };
  const answer = route.handle(apiRequest, context);
  return {
    status: 200,
    headers: answer.etag === undefined ? {} : { ETag: answer.etag },
    text: answer.body === undefined ? "" : JSON.stringify(answer.body),
  };
}

function unknownFieldsOf({ laterFields = {} }: Route, coreVersion: CoreVersion): string[] {
  const later = Object.entries(laterFields);
  return later.filter(([, feature]) => !hasFeature(coreVersion, feature)).map(([name]) => name);
}
