import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { CommandError } from "../command-error.ts";

const patienceMs = 5_000;

/** Addresses that mean every one of the machine, and the one of them that always answers. */
const everyAddress: ReadonlyMap<string, string> = new Map([
  ["0.0.0.0", "127.0.0.1"],
  ["::", "::1"],
]);

/**
 * Asks the cluster at an address for its version, as a health check does. Nothing secret is sent, so its certificate does not
 * matter.
 *
 * @throws {CommandError} when it does not answer
 */
export async function ping({ host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  const sent = request({
    host: everyAddress.get(host) ?? host,
    port,
    path: "/v1/version",
    rejectUnauthorized: false,
    agent: false,
    signal: AbortSignal.timeout(patienceMs),
  });
  sent.end();
  try {
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    answer.resume();
    if (answer.statusCode === 200) return;
    throw new Error(`the answer has status ${answer.statusCode ?? 0}`);
  } catch (cause) {
    // Reasons of TLS have a line break at their end.
    throw new CommandError(`No cluster answers at ${host} port ${port}: ${reasonOf(cause).trim()}.`, { cause });
  }
}
