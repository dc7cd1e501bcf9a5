import { STATUS_CODES } from "node:http";
import { ApiError, type RefusalName } from "../rules/api-error.ts";
import type { Variations } from "../rules/context.ts";
import { type RenderedAnswer, renderError } from "./error-answer.ts";

/** The refusal that stands for a status in general, where the cluster has one, and what it says here if not its own sentence. */
const general: Readonly<Record<number, readonly [refusal: RefusalName, description?: string]>> = {
  400: ["invalidRequest", "The request is malformed"],
  401: ["authenticationRequired"],
  403: ["notAuthorized"],
  404: ["notFound"],
  405: ["methodNotAllowed"],
  412: ["preconditionFailed"],
  413: ["bodyTooLarge"],
};

/**
 * A refusal of which only the status is known: a declared failure, or a request that is not HTTP.
 *
 * @see assumed: names that no source has follow those that are known, such as http_not_found_error for "Not Found"
 */
export function renderStatus(status: number, variations: Variations): RenderedAnswer {
  const refusal = general[status];
  if (refusal !== undefined) return renderError(new ApiError(...refusal), variations);
  const reason = STATUS_CODES[status] ?? `Status ${status}`;
  const words = reason
    .toLowerCase()
    .replace(/ error$/, "")
    .replaceAll(/[^a-z0-9]+/g, "_");
  const body = {
    description: reason,
    error_class: `http_${words}_error`,
    module: "/http",
    stack: [],
    user_visible: true,
  };
  return { status, headers: {}, text: JSON.stringify(body) };
}
