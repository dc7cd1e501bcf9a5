import * as v from "valibot";
import type { Route } from "../api-request.ts";
import { describeRoutes } from "../openapi.ts";
import type { CoreVersion } from "../../../vocabulary/core-version.ts";

/**
 * What is served, as an OpenAPI document.
 *
 * @param served - all other routes
 * @see OpenAPI 7.7.2 for the path; that it asks for no bearer token as well
 */
export function descriptionRoute(served: readonly Route[], coreVersion: CoreVersion): Route {
  let described: object | undefined;
  const route: Route = {
    method: "GET",
    path: "/openapi.json",
    operation: "readDescription",
    since: "openApiDocument",
    summary: "Describe this API",
    answer: v.object({ openapi: v.string() }),
    handle() {
      described ??= describeRoutes([...served, route], coreVersion);
      return { body: described };
    },
  };
  return route;
}
