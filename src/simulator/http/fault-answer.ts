import type { Variations } from "../rules/context.ts";
import type { RenderedAnswer } from "./error-answer.ts";
import type { Fault } from "./faults.ts";
import { renderStatus } from "./status-answer.ts";

/** A fault that leaves the client with an answer. */
type AnsweredFault = Exclude<Fault, { readonly kind: "reset" | "hang" | "hold" }>;

const signInPage = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to go on.</body></html>";

/**
 * What a client gets instead of the answer it should get. Nothing tells that it was declared.
 *
 * @param answer - what it should get; `undefined` when the cluster has not looked at the request
 */
export function renderFault(
  fault: AnsweredFault,
  answer: RenderedAnswer | undefined,
  variations: Variations,
): RenderedAnswer {
  switch (fault.kind) {
    case "status": {
      const { headers, ...rest } = renderStatus(fault.status, variations);
      const { retryAfterSeconds } = fault;
      const also = retryAfterSeconds === undefined ? {} : { "Retry-After": retryAfterSeconds.toString() };
      return { ...rest, headers: { ...headers, ...also } };
    }
    case "empty-body":
      return { status: 200, headers: {}, text: "" };
    case "web-page":
      return { status: 200, headers: { "Content-Type": "text/html" }, text: signInPage };
    case "broken-json": {
      const whole = answer?.text ?? "";
      const text = whole === "" ? `{"id": "10` : whole.slice(0, Math.ceil(whole.length / 2));
      return { status: 200, headers: {}, text };
    }
  }
}
