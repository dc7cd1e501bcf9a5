import { constants, type Http2Session, type IncomingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { answerHeaders, AnswerStream, isGone, type Sink } from "./answer-stream.ts";
import { decodeMessage, encodeFrame, RequestFrame } from "./frame.ts";
import { encodeStatusMessage, GrpcError, statusCodes } from "./status.ts";
import { parseTimeoutMs } from "./timeout.ts";
import type { ServerStreamRpc, UnaryRpc } from "../protobuf/rpc.ts";

/** Answers a request, which came over this session, with a frame. */
type Answer = (message: Buffer, session: Http2Session | undefined) => Promise<Buffer>;
/** Answers a request, which came over this session, with any number of frames; resolves when all are sent. */
type StreamAnswer = (message: Buffer, session: Http2Session | undefined, frames: Sink<Buffer>) => Promise<void>;

/** How a call is answered. */
export type Method =
  | { readonly kind: "unary"; readonly answer: Answer }
  | { readonly kind: "server-stream"; readonly answer: StreamAnswer }
  /** Sends nothing, and stays open until the other side ends the call or the connection; `onEnd` hears of that. */
  | { readonly kind: "held"; readonly onEnd: () => void };

/** How calls are answered, by their paths. */
export type Methods = ReadonlyMap<string, Method>;

/** What a call is answered with: an answer, or a {@link GrpcError}. */
export type Handle<Request, Response> = (request: Request, session: Http2Session | undefined) => Promise<Response>;

/** The entry of {@link Methods} for a call that takes one message and gives one. */
export function unary<Request, Response>(
  { path, decode, encode }: UnaryRpc<Request, Response>,
  handle: Handle<Request, Response>,
): readonly [string, Method] {
  const answer: Answer = async (bytes, session) =>
    encodeFrame(encode, await handle(decodeMessage(decode, bytes), session));
  return [path, { kind: "unary", answer }];
}

/** Sends what a call is answered with; a {@link GrpcError} ends it. */
export type HandleStream<Request, Event> = (
  request: Request,
  session: Http2Session | undefined,
  events: Sink<Event>,
) => Promise<void>;

/** The entry of {@link Methods} for a call that takes one message and gives any number. */
export function serverStream<Request, Event>(
  { path, decode, encode }: ServerStreamRpc<Request, Event>,
  handle: HandleStream<Request, Event>,
): readonly [string, Method] {
  const answer: StreamAnswer = async (bytes, session, frames) => {
    const send = async (event: Event): Promise<void> => frames.send(encodeFrame(encode, event));
    return handle(decodeMessage(decode, bytes), session, { send, signal: frames.signal });
  };
  return [path, { kind: "server-stream", answer }];
}

const okTrailers = { "grpc-status": String(statusCodes.ok) } as const;
/** The longest time that a timer takes. A call with more of it has all the time it wants. */
const longestTimerMs = 0x7fff_ffff;

/**
 * Answers one call of gRPC.
 *
 * There are no compression, no metadata and no streams of requests here: the engine uses none. A request that is not a gRPC
 * call gets an HTTP error, and a call that breaks the rules of gRPC gets only a status. Neither disturbs other calls.
 *
 * @param stream - one with a listener for errors, since a call can be given up at any time
 * @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export function serveCall(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, methods: Methods): void {
  const refusal = whyNotGrpc(headers);
  if (refusal !== undefined) {
    refuse(stream, refusal);
    return;
  }
  const path = String(headers[":path"]);
  const method = methods.get(path);
  if (method === undefined) {
    // Newer engines try calls that they can do without; this answer, and no other, tells them so.
    fail(stream, new GrpcError(statusCodes.unimplemented, `there is no call ${path} here`));
  } else if (method.kind === "held") {
    hold(stream, method.onEnd);
  } else {
    serveRequest(stream, headers["grpc-timeout"], method);
  }
}

/** The status of HTTP for a request that is not one of gRPC, with what it lacks. */
function whyNotGrpc(headers: IncomingHttpHeaders): Readonly<Record<string, string | number>> | undefined {
  if (headers[":method"] !== "POST") return { ":status": constants.HTTP_STATUS_METHOD_NOT_ALLOWED, allow: "POST" };
  const isGrpc = /^application\/grpc(?:\+proto)?(?:;|$)/.test(headers["content-type"] ?? "");
  return isGrpc ? undefined : { ":status": constants.HTTP_STATUS_UNSUPPORTED_MEDIA_TYPE };
}

function hold(stream: ServerHttp2Stream, onEnd: () => void): void {
  stream.once("close", onEnd);
  stream.respond(answerHeaders);
  stream.resume();
}

function serveRequest(
  stream: ServerHttp2Stream,
  timeout: string | string[] | undefined,
  method: Exclude<Method, { readonly kind: "held" }>,
): void {
  const frame = new RequestFrame();
  let frames: AnswerStream | undefined;
  let isOver = false;
  /** Does work whose failure is the end of the call. */
  const attempt = (work: () => void): void => {
    if (isOver) return;
    try {
      work();
    } catch (error) {
      end(error);
    }
  };
  const end = (error: unknown): void => {
    if (isOver) return;
    isOver = true;
    frames?.giveUp();
    fail(stream, error);
  };
  const answer = (message: Buffer): void => {
    if (method.kind === "unary") {
      method.answer(message, stream.session).then((answered) => {
        if (isOver) return;
        isOver = true;
        succeed(stream, answered);
      }, end);
      return;
    }
    const sent = (frames = new AnswerStream(stream));
    method.answer(message, stream.session, sent).then(() => {
      if (isOver) return;
      isOver = true;
      sent.begin();
      endAnswer(stream, okTrailers);
    }, end);
  };
  stream.on("data", (piece: Buffer) => {
    attempt(() => {
      frame.push(piece);
    });
  });
  stream.once("end", () => {
    // A request that is given up ends as well.
    if (stream.aborted) return;
    attempt(() => {
      answer(frame.finish());
    });
  });
  if (timeout === undefined) return;
  attempt(() => {
    setDeadline(stream, parseTimeoutMs(String(timeout)), end);
  });
}

/** Ends the call when its time is over. Work that was begun for it goes on, because half of a change cannot be undone. */
function setDeadline(stream: ServerHttp2Stream, timeoutMs: number, end: (error: GrpcError) => void): void {
  if (timeoutMs > longestTimerMs) return;
  const timer = setTimeout(() => {
    end(new GrpcError(statusCodes.deadlineExceeded, "the call has taken longer than its deadline allows"));
  }, timeoutMs);
  stream.once("close", () => {
    clearTimeout(timer);
  });
}

function succeed(stream: ServerHttp2Stream, frame: Buffer): void {
  if (isGone(stream)) return;
  stream.respond(answerHeaders, { waitForTrailers: true });
  endAnswer(stream, okTrailers, frame);
}

/** Ends an answer whose headers are sent. */
function endAnswer(stream: ServerHttp2Stream, trailers: Readonly<Record<string, string>>, lastFrame?: Buffer): void {
  if (isGone(stream)) return;
  stream.once("wantTrailers", () => {
    stream.sendTrailers(trailers);
  });
  stream.end(lastFrame);
}

/** Ends a call with an error: where nothing was sent yet, all there is to say stands in the one block of headers. */
function fail(stream: ServerHttp2Stream, error: unknown): void {
  const known = error instanceof GrpcError ? error : new GrpcError(statusCodes.internal, "the call has failed", error);
  const status = { "grpc-status": String(known.code), "grpc-message": encodeStatusMessage(known.message) };
  if (stream.headersSent) endAnswer(stream, status);
  else refuse(stream, { ...answerHeaders, ...status });
}

function refuse(stream: ServerHttp2Stream, headers: Readonly<Record<string, string | number>>): void {
  if (isGone(stream)) return;
  stream.respond(headers, { endStream: true });
  stream.resume();
  if (stream.readableEnded) return;
  // Whoever still sends is told that nobody wants it. Node sends headers before the next immediate, and Node 26 drops what it
  // has not sent by the time of a close.
  setImmediate(() => {
    if (!stream.closed) stream.close(constants.NGHTTP2_NO_ERROR);
  });
}
