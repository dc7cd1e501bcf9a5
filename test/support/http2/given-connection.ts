import type { Call } from "../../../src/plugin/http2/call.ts";
import { encodeHeaders } from "../../../src/plugin/http2/hpack-encoder.ts";
import { type ConnectionTestServer, type RawClient, startConnectionServer } from "./raw-client.ts";

const servers: ConnectionTestServer[] = [];

/** Stops what was given. */
export async function stopConnections(): Promise<void> {
  for (const server of servers.splice(0)) await server.stop();
}

/** How the answers of {@link answering} begin. */
export const answerHeaders = encodeHeaders({ ":status": "200" });
/** How they end. */
export const answerTrailers = encodeHeaders({ "grpc-status": "0" });

/** What has become of a call. */
export interface SeenCall {
  readonly path: string;
  readonly body: Buffer[];
  isWhole: boolean;
  isClosed: boolean;
}

/** A client, and what its server has seen. */
export interface GivenConnection {
  readonly client: RawClient;
  readonly calls: SeenCall[];
  /** The same calls, to answer them. */
  readonly opened: Call[];
  readonly another: () => RawClient;
}

/** A server that notes its calls, and answers each that is whole by this. */
export async function givenConnection(
  answer: (call: Call) => void = () => undefined,
  onClosed: () => void = () => undefined,
): Promise<GivenConnection> {
  const calls: SeenCall[] = [];
  const opened: Call[] = [];
  const server = await startConnectionServer((call) => {
    const seen: SeenCall = { path: call.head.path, body: [], isWhole: false, isClosed: false };
    calls.push(seen);
    opened.push(call);
    call.receiver = {
      data: (piece) => seen.body.push(Buffer.from(piece)),
      end: () => {
        seen.isWhole = true;
        answer(call);
      },
      room: () => undefined,
      closed: () => {
        if (seen.isClosed) throw new Error("a call was closed twice");
        seen.isClosed = true;
        onClosed();
      },
    };
  });
  servers.push(server);
  return { client: server.client(), calls, opened, another: () => server.client() };
}

/** Answers with so many bytes. */
export function answering(size: number): (call: Call) => void {
  return (call) => {
    call.begin(answerHeaders);
    call.write(Buffer.alloc(size, 7));
    call.end(answerTrailers);
  };
}

/** A promise, and what resolves it. */
export function signpost(): { readonly reached: Promise<void>; readonly reach: () => void } {
  let reach = (): void => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  return { reached, reach };
}
