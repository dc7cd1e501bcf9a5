import type { HttpRequest } from "./http.ts";
import { aborted } from "./transport.ts";

/**
 * Waits for an answer that others may be waiting for as well.
 *
 * @param signal - ends this wait alone
 * @throws {ClusterError} whatever the answer fails with, or `aborted`
 */
export async function waitUnlessAborted<T>(
  answer: Promise<T>,
  request: Pick<HttpRequest, "method" | "path">,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (signal === undefined) return answer;
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(aborted(request, signal));
    };
    const leave = (): void => {
      signal.removeEventListener("abort", stop);
    };
    answer.then(resolve, reject).finally(leave);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
