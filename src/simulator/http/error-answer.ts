import type { ApiError } from "../rules/api-error.ts";
import type { Variations } from "../rules/context.ts";

/** An answer, ready to be written. */
export interface RenderedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text, or empty. */
  readonly text: string;
}

/**
 * The answer that tells of a refusal.
 *
 * @see Qumulo SDK 7.10.2.1 for the fields of the body
 */
export function renderError(error: ApiError, variations: Variations): RenderedAnswer {
  if (error.status === 401 && variations.emptyUnauthorized === true) return { status: 401, headers: {}, text: "" };
  const { status, errorClass, message, module } = error;
  const body = { description: message, error_class: errorClass, module, stack: [], user_visible: true };
  return { status, headers: {}, text: JSON.stringify(body) };
}
