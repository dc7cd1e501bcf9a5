import type { Dispatcher } from "undici";
import type { HttpAnswer } from "./http.ts";

/** The answer to one request, as it comes. */
export interface CollectedAnswer {
  /** Told of all that comes. */
  readonly handler: Dispatcher.DispatchHandler;
  /** Rejects with the fault of the connection, or with what the request was stopped with. */
  readonly whole: Promise<HttpAnswer>;
  /** Gives the request up, also one that still waits for a connection. */
  readonly stop: (error: Error) => void;
}

const utf8 = new TextDecoder();

/**
 * Collects the answer to one request whole. Undici's own `request` makes a stream of each body, and an event target to stop
 * it, which together take longer than all the rest of a short request.
 *
 * @param mostBytes - how long its body may be; what comes after that is not read
 * @param tooLong - the fault of a body that is longer
 */
export function collectAnswer(mostBytes: number, tooLong: () => Error): CollectedAnswer {
  let [resolve, reject]: [(answer: HttpAnswer) => void, (error: Error) => void] = [() => undefined, () => undefined];
  const whole = new Promise<HttpAnswer>((...settle) => {
    [resolve, reject] = settle;
  });
  let connection: Dispatcher.DispatchController | undefined;
  let stopped: Error | undefined;
  let head: Omit<HttpAnswer, "body"> | undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  const stop = (error: Error): void => {
    stopped ??= error;
    reject(stopped);
    connection?.abort(stopped);
  };
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart: (controller) => {
      connection = controller;
      if (stopped !== undefined) controller.abort(stopped);
    },
    onResponseStart: (_, status, headers) => {
      // What is below is a remark on the way to the answer.
      if (status < 200) return;
      const { etag, "retry-after": retryAfter, date } = headers;
      head = { status, etag: firstOf(etag), retryAfter: firstOf(retryAfter), date: firstOf(date) };
    },
    onResponseData: (_, chunk) => {
      size += chunk.length;
      if (size > mostBytes) stop(tooLong());
      else chunks.push(chunk);
    },
    onResponseEnd: () => {
      if (head === undefined) reject(new Error("The answer has no head"));
      else resolve({ ...head, body: utf8.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)) });
    },
    onResponseError: (_, error) => {
      reject(error);
    },
  };
  return { handler, whole, stop };
}

function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
