import { type Diagnostic, Diagnostics } from "../../framework/diagnostics.ts";
import { reportFailure } from "../../framework/failure.ts";
import type { ProviderServer } from "../../framework/provider-server.ts";
import type { Sink } from "../grpc/answer-stream.ts";
import { WireFormatError } from "./wire-format-error.ts";

/** How one remote procedure call is answered. */
export interface Call<Request, Response> {
  /** Reads the request, asks the provider, writes its answer. */
  answer(server: ProviderServer, request: Request): Promise<Response>;
  /**
   * The answer when {@link Call.answer} throws: the diagnostics and all that was known before. An error of gRPC instead
   * would make the engine throw away what it knew.
   */
  failure(diagnostics: readonly Diagnostic[], request: Request): Response;
}

/** What {@link runCall} needs in addition to the call. */
export interface RunCallOptions {
  readonly server: () => Promise<ProviderServer>;
  /** What failed, for an error that brings no message of its own. */
  readonly summary: string;
}

/** Answers one call, whatever happens. */
export async function runCall<Request, Response>(
  call: Call<Request, Response>,
  request: Request,
  { server, summary }: RunCallOptions,
): Promise<Response> {
  try {
    return await call.answer(await server(), request);
  } catch (error) {
    return call.failure(toDiagnostics(error, summary), request);
  }
}

/** How one remote procedure call is answered by any number of messages. */
export interface StreamCall<Request, Event> {
  /** Reads the request, asks the provider, sends its answers. */
  answer(server: ProviderServer, request: Request, events: Sink<Event>): Promise<void>;
  /** The last message when {@link StreamCall.answer} throws. */
  failure(diagnostics: readonly Diagnostic[]): Event;
}

/** Answers one call that streams, whatever happens. */
export async function runStreamCall<Request, Event>(
  call: StreamCall<Request, Event>,
  request: Request,
  { server, summary, events }: RunCallOptions & { readonly events: Sink<Event> },
): Promise<void> {
  try {
    await call.answer(await server(), request, events);
  } catch (error) {
    await events.send(call.failure(toDiagnostics(error, summary)));
  }
}

/** The diagnostics for something that was thrown. */
export function toDiagnostics(error: unknown, summary: string): readonly Diagnostic[] {
  const diagnostics = new Diagnostics();
  reportFailure(diagnostics, error instanceof WireFormatError ? error.toDiagnosticError(summary) : error, summary);
  return diagnostics.all;
}
