import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

/** What is sent to a control API, as any program may send it. */
export interface AskedControl {
  readonly method?: string;
  readonly path: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one request to a control API, over its socket or to its port, and gives its answer. */
export async function askControl(
  place: { readonly url?: string; readonly socket?: string },
  { method = "GET", path, body = "", headers = {} }: AskedControl,
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> {
  const json = body.length === 0 ? {} : { "Content-Type": "application/json" };
  const options = { method, agent: false, headers: { ...json, "Content-Length": Buffer.byteLength(body), ...headers } };
  const sent =
    place.url === undefined
      ? request({ ...options, socketPath: place.socket, path })
      : request(place.url, { ...options, path });
  // A server that refuses a long body ends the connection while it is still being sent.
  sent.on("error", () => undefined);
  sent.end(body);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  const received = JSON.parse(await text(answer)) as Readonly<Record<string, unknown>>;
  return { status: answer.statusCode ?? 0, body: received };
}
