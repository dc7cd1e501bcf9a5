import type { Socket } from "node:net";
import type { Call, CallReceiver } from "../http2/call.ts";
import type { RequestHead } from "../http2/request-head.ts";
import { AnswerStream, type Sink } from "./answer-stream.ts";
import { decodeMessage, encodeFrame, RequestFrame } from "./frame.ts";
import { answerHeaders, errorTrailers, methodNotAllowed, okTrailers, unsupportedMediaType } from "./header-blocks.ts";
import { GrpcError, statusCodes } from "./status.ts";
import { parseTimeoutMs } from "./timeout.ts";
import type { ServerStreamRpc, UnaryRpc } from "../protobuf/rpc.ts";

/** Answers a request, which came over this connection, with a frame. */
type Answer = (message: Buffer, socket: Socket) => Promise<Buffer>;
/** Answers a request, which came over this connection, with any number of frames; resolves when all are sent. */
type StreamAnswer = (message: Buffer, socket: Socket, frames: Sink<Buffer>) => Promise<void>;

/** How a call is answered. */
export type Method =
  | { readonly kind: "unary"; readonly answer: Answer }
  | { readonly kind: "server-stream"; readonly answer: StreamAnswer }
  /** Sends nothing, and stays open until the other side ends the call or the connection; `onEnd` hears of that. */
  | { readonly kind: "held"; readonly onEnd: () => void };

/** How calls are answered, by their paths. */
export type Methods = ReadonlyMap<string, Method>;

/** What a call is answered with: an answer, or a {@link GrpcError}. */
export type Handle<Request, Response> = (request: Request, socket: Socket) => Promise<Response>;

/** The entry of {@link Methods} for a call that takes one message and gives one. */
export function unary<Request, Response>(
  { path, decode, encode }: UnaryRpc<Request, Response>,
  handle: Handle<Request, Response>,
): readonly [string, Method] {
  const answer: Answer = async (bytes, socket) =>
    encodeFrame(encode, await handle(decodeMessage(decode, bytes), socket));
  return [path, { kind: "unary", answer }];
}

/** The entry of {@link Methods} for a call that always has this answer, a whole frame. */
export function prepared([path, frame]: readonly [string, Buffer]): readonly [string, Method] {
  return [path, { kind: "unary", answer: async () => Promise.resolve(frame) }];
}

/** Sends what a call is answered with; a {@link GrpcError} ends it. */
export type HandleStream<Request, Event> = (request: Request, socket: Socket, events: Sink<Event>) => Promise<void>;

/** The entry of {@link Methods} for a call that takes one message and gives any number. */
export function serverStream<Request, Event>(
  { path, decode, encode }: ServerStreamRpc<Request, Event>,
  handle: HandleStream<Request, Event>,
): readonly [string, Method] {
  const answer: StreamAnswer = async (bytes, socket, frames) => {
    const send = async (event: Event): Promise<void> => frames.send(encodeFrame(encode, event));
    return handle(decodeMessage(decode, bytes), socket, { send, signal: frames.signal });
  };
  return [path, { kind: "server-stream", answer }];
}

/** The longest time that a timer takes. A call with more of it has all the time it wants. */
const longestTimerMs = 0x7fff_ffff;

/**
 * Answers one call of gRPC.
 *
 * There are no compression, no metadata and no streams of requests here: the engine uses none. A request that is not a gRPC
 * call gets an HTTP error, and a call that breaks the rules of gRPC gets only a status. Neither disturbs other calls.
 *
 * @see https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export function serveCall(call: Call, methods: Methods): void {
  const refusal = whyNotGrpc(call.head);
  if (refusal !== undefined) {
    call.answer(refusal);
    return;
  }
  const { path } = call.head;
  const method = methods.get(path);
  if (method === undefined) {
    // Newer engines try calls that they can do without; this answer, and no other, tells them so.
    fail(call, new GrpcError(statusCodes.unimplemented, `there is no call ${path} here`));
  } else if (method.kind === "held") {
    call.receiver = { data: ignore, end: ignore, room: ignore, closed: method.onEnd };
    call.begin(answerHeaders);
  } else {
    const request = new Request(call, method);
    call.receiver = request;
    request.start();
  }
}

/** Answers one call of gRPC as soon as it is known how, and keeps what comes for it meanwhile. */
export function serveLater(call: Call, loading: Promise<Methods>): void {
  const { receiver } = call;
  const pieces: Buffer[] = [];
  let isWhole = false;
  let isOver = false;
  call.receiver = {
    data: (piece) => pieces.push(piece),
    end: () => {
      isWhole = true;
    },
    room: ignore,
    closed: () => {
      isOver = true;
    },
  };
  void loading.then((methods) => {
    if (isOver) return;
    call.receiver = receiver; // A call that is refused gets no other.
    serveCall(call, methods);
    for (const piece of pieces) call.receiver.data(piece);
    if (isWhole) call.receiver.end();
  });
}

/** The answer of HTTP to a request that is not one of gRPC. */
function whyNotGrpc({ method, contentType }: RequestHead): Buffer | undefined {
  if (method !== "POST") return methodNotAllowed;
  return /^application\/grpc(?:\+proto)?(?:;|$)/.test(contentType) ? undefined : unsupportedMediaType;
}

function ignore(): void {
  // A call that is held open says nothing, and nothing is said to it.
}

/** A call with one message, until it is answered or given up. */
class Request implements CallReceiver {
  readonly #call: Call;
  readonly #method: Exclude<Method, { readonly kind: "held" }>;
  readonly #frame = new RequestFrame();
  #frames: AnswerStream | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(call: Call, method: Exclude<Method, { readonly kind: "held" }>) {
    this.#call = call;
    this.#method = method;
  }

  /** Lets the time begin that the call has. */
  start(): void {
    const { grpcTimeout } = this.#call.head;
    if (grpcTimeout === undefined) return;
    try {
      this.#setDeadline(parseTimeoutMs(grpcTimeout));
    } catch (error) {
      this.#end(error);
    }
  }

  data(piece: Buffer): void {
    if (this.#isOver) return;
    try {
      this.#frame.push(piece);
    } catch (error) {
      this.#end(error);
    }
  }

  end(): void {
    if (this.#isOver) return;
    try {
      this.#answer(this.#frame.finish());
    } catch (error) {
      this.#end(error);
    }
  }

  room(): void {
    this.#frames?.room();
  }

  closed(): void {
    this.#isOver = true;
    clearTimeout(this.#deadline);
    this.#frames?.giveUp();
  }

  #answer(message: Buffer): void {
    const call = this.#call;
    const failed = (error: unknown): void => {
      call.endWork();
      this.#end(error);
    };
    call.beginWork();
    try {
      if (this.#method.kind === "unary") {
        this.#method.answer(message, call.socket).then((frame) => {
          call.endWork();
          this.#succeed(frame);
        }, failed);
        return;
      }
      this.#frames = new AnswerStream(call);
      this.#method.answer(message, call.socket, this.#frames).then(() => {
        call.endWork();
        this.#succeed(undefined);
      }, failed);
    } catch (error) {
      failed(error);
    }
  }

  #succeed(lastFrame: Buffer | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#call.begin(answerHeaders);
    if (lastFrame !== undefined) this.#call.write(lastFrame);
    this.#call.end(okTrailers);
  }

  #end(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#frames?.giveUp();
    fail(this.#call, error);
  }

  /** Ends the call when its time is over. Work that was begun for it goes on, because half of a change cannot be undone. */
  #setDeadline(timeoutMs: number): void {
    if (timeoutMs > longestTimerMs) return;
    this.#deadline = setTimeout(() => {
      this.#end(new GrpcError(statusCodes.deadlineExceeded, "the call has taken longer than its deadline allows"));
    }, timeoutMs);
  }
}

/** Ends a call with an error: where nothing was sent yet, all there is to say stands in the one block of headers. */
function fail(call: Call, error: unknown): void {
  const known = error instanceof GrpcError ? error : new GrpcError(statusCodes.internal, "the call has failed", error);
  const trailers = errorTrailers(known);
  if (call.isBegun) call.end(trailers);
  else call.answer(Buffer.concat([answerHeaders, trailers]));
}
