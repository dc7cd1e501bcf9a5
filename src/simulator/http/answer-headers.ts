import type { Clock } from "../../vocabulary/clock.ts";
import type { RenderedAnswer } from "./error-answer.ts";

/**
 * All headers of an answer; every answer has them, of whatever kind.
 *
 * @param sizeBytes - of the body
 * @see Qumulo SDK 7.10.2.1 readme; that Date tells the cluster's own time is assumed
 */
export function headersOf(answer: RenderedAnswer, sizeBytes: number, clock: Clock): Readonly<Record<string, string>> {
  return {
    Date: clock.now().toUTCString(),
    ...(sizeBytes === 0 ? {} : { "Content-Type": "application/json" }),
    "Content-Length": sizeBytes.toString(),
    "Strict-Transport-Security": "max-age=31536000",
    ...answer.headers,
  };
}
