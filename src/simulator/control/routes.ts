import * as v from "valibot";
import { durationForm, parseDuration } from "../../vocabulary/duration.ts";
import { type AdjustableClock, parseTime, timeForm } from "../adjustable-clock.ts";
import { FaultTextError, parseFault } from "../http/fault-text.ts";
import type { PendingFault } from "../http/faults.ts";
import { renderSeedPath, type Seed, SeedError } from "../seeds/seed.ts";
import { SimulatorError } from "../simulator-error.ts";
import type { Simulator } from "../simulator.ts";
import { StoreError } from "../store/store-error.ts";
import { anyObject, type BodySchema, decodeControlBody } from "./body.ts";
import { ControlError, type ControlRefusal } from "./control-error.ts";

/** What the control API acts on. */
export interface Controlled {
  readonly simulator: Simulator;
  /** Absent where the clock belongs to the program that started the simulator. */
  readonly clock: AdjustableClock | undefined;
}

/** A request that has been let in, and whose body has arrived. */
export interface ControlRequest {
  readonly body: Buffer;
  readonly query: URLSearchParams;
}

/** One endpoint of the control API: what it does, and what its description says. */
export interface ControlRoute {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly summary: string;
  readonly body: BodySchema;
  /** Whether the body may be left out. */
  readonly isBodyOptional: boolean;
  readonly largestBodyBytes: number;
  readonly answer: v.GenericSchema;
  readonly query: readonly { readonly name: string; readonly description: string }[];
  /** What it refuses besides what every endpoint does. */
  readonly refusals: readonly ControlRefusal[];
  readonly handle: (request: ControlRequest, controlled: Controlled) => unknown;
}

type Declared<Body extends BodySchema> = Pick<ControlRoute, "method" | "path" | "summary"> &
  Partial<Pick<ControlRoute, "answer" | "query" | "refusals" | "largestBodyBytes" | "isBodyOptional">> & {
    readonly body?: Body;
    readonly handle: (content: v.InferOutput<Body>, controlled: Controlled, query: URLSearchParams) => unknown;
  };

const nothing = v.strictObject({});

/** Seeds of large clusters are the only long bodies. */
const largestSeedBytes = 64 * 1024 * 1024;

function route<Body extends BodySchema = typeof nothing>(declared: Declared<Body>): ControlRoute {
  const { method, path, summary, handle, answer = nothing, query = [], refusals = [] } = declared;
  const { body = nothing, largestBodyBytes = 65_536, isBodyOptional = declared.body === undefined } = declared;
  return {
    method,
    path,
    summary,
    body,
    isBodyOptional,
    largestBodyBytes,
    answer,
    query,
    refusals,
    handle: (request, controlled) => handle(decodeControlBody(request.body, body), controlled, request.query),
  };
}

const simulatorShape = v.object({
  url: v.string(),
  host: v.string(),
  port: v.number(),
  core_version: v.string(),
  username: v.string(),
  certificate_pem: v.string(),
  certificate_sha256: v.string(),
});

const clockShape = v.object({ time: v.string(), running: v.boolean() });

const faultShape = v.object({ fault: v.string(), left: v.nullable(v.number()), skip: v.number() });
const faultsShape = v.object({ faults: v.array(faultShape) });

const entryShape = v.object({
  time: v.string(),
  method: v.string(),
  path: v.string(),
  route: v.nullable(v.string()),
  status: v.nullable(v.number()),
  milliseconds: v.number(),
  fault: v.optional(v.string()),
});
const requestsShape = v.object({ requests: v.array(entryShape), total: v.number() });

/** How many requests one answer holds, unless asked otherwise, and at most. */
const requestLimits = { usual: 1_000, most: 10_000 };

/** How many faults of a seed an answer tells; more would hide the first ones. */
const mostFaults = 20;

/** The endpoints of the control API: the one table that requests are answered from, and that the description is made from. */
export const controlRoutes: readonly ControlRoute[] = [
  route({
    method: "GET",
    path: "/v1/simulator",
    summary: "Where the simulated cluster is, and its certificate; no secret",
    answer: simulatorShape,
    handle: (_content, { simulator }) => ({
      url: simulator.url,
      host: simulator.host,
      port: simulator.port,
      core_version: simulator.coreVersion,
      username: simulator.username,
      certificate_pem: simulator.certificatePem,
      certificate_sha256: simulator.certificateSha256,
    }),
  }),
  route({
    method: "POST",
    path: "/v1/reset",
    summary: "Begin again: a new cluster with the seed of the start, no faults, no request log, the clock of the start",
    refusals: ["not_stored"],
    handle(_content, { simulator, clock }) {
      // Before the cluster, whose seed may make access tokens with the present time.
      clock?.reset();
      makeCluster(() => {
        simulator.reset();
      });
      return {};
    },
  }),
  route({
    method: "GET",
    path: "/v1/seed",
    summary: "A seed of the cluster as it is now; passwords and bearer tokens as hashes only",
    answer: anyObject,
    handle: (_content, { simulator }) => simulator.exportSeed(),
  }),
  route({
    method: "PUT",
    path: "/v1/seed",
    summary: "Put a new cluster with this seed in the place of the present one; faults, request log and clock stay",
    body: anyObject,
    largestBodyBytes: largestSeedBytes,
    refusals: ["invalid_seed", "not_stored"],
    handle(content, { simulator }) {
      makeCluster(() => {
        // The simulator parses it, whatever it is.
        simulator.replaceCluster(content as unknown as Seed);
      });
      return {};
    },
  }),
  route({
    method: "GET",
    path: "/v1/clock",
    summary: "The time on the cluster's clock, and whether it goes on by itself",
    answer: clockShape,
    refusals: ["foreign_clock"],
    handle: (_content, { clock }) => clockJson(own(clock)),
  }),
  route({
    method: "PUT",
    path: "/v1/clock",
    summary: "Set the cluster's clock, stop it (running: false) or let it go on (running: true)",
    body: v.strictObject({ time: v.optional(v.string()), running: v.optional(v.boolean()) }),
    answer: clockShape,
    refusals: ["foreign_clock"],
    handle: ({ time, running }, { clock }) => setClock(own(clock), time, running),
  }),
  route({
    method: "POST",
    path: "/v1/clock/advance",
    summary: "Move the cluster's clock on by a duration such as 90d",
    body: v.strictObject({ by: v.string() }),
    answer: clockShape,
    refusals: ["foreign_clock"],
    handle: ({ by }, { clock }) => advanceClock(own(clock), by),
  }),
  route({
    method: "GET",
    path: "/v1/faults",
    summary: "The declared faults that have not happened yet",
    answer: faultsShape,
    handle: (_content, { simulator }) => faultsJson(simulator),
  }),
  route({
    method: "POST",
    path: "/v1/faults",
    summary: "Declare a fault, written as for the flag --fault",
    body: v.strictObject({ fault: v.string() }),
    answer: faultsShape,
    handle(content, { simulator }) {
      simulator.failNext(readFault(content.fault));
      return faultsJson(simulator);
    },
  }),
  route({
    method: "DELETE",
    path: "/v1/faults",
    summary: "Forget all declared faults",
    handle(_content, { simulator }) {
      simulator.clearFaults();
      return {};
    },
  }),
  route({
    method: "GET",
    path: "/v1/requests",
    summary: "The latest requests to the cluster, oldest first; no headers, no bodies, no secrets",
    query: [
      {
        name: "limit",
        description: `how many at most, from 1 to ${requestLimits.most}; ${requestLimits.usual} when absent`,
      },
    ],
    answer: requestsShape,
    refusals: ["invalid_query"],
    handle: (_content, { simulator: { requests } }, query) => ({
      requests: requests.slice(-readLimit(query)),
      total: requests.length,
    }),
  }),
  route({
    method: "DELETE",
    path: "/v1/requests",
    summary: "Empty the request log",
    handle(_content, { simulator }) {
      simulator.clearRequests();
      return {};
    },
  }),
];

/** @throws {ControlError} where there is none to change */
function own(clock: AdjustableClock | undefined): AdjustableClock {
  if (clock !== undefined) return clock;
  throw new ControlError(
    "foreign_clock",
    "The clock of this simulator is moved by the program that started it, or by its file. Move it there, or start the simulator without a clock of its own.",
  );
}

function clockJson(clock: AdjustableClock): v.InferOutput<typeof clockShape> {
  return { time: clock.now().toISOString(), running: clock.isRunning };
}

function setClock(clock: AdjustableClock, text: string | undefined, running: boolean | undefined): unknown {
  const time = text === undefined ? undefined : parseTime(text);
  if (text !== undefined && time === undefined) {
    throw new ControlError("invalid_body", `time: ${quote(text)} is not a time: ${timeForm} is needed.`);
  }
  return adjust(clock, "running", () => {
    if (running === true) clock.run();
    if (running === false) clock.stop();
    if (time !== undefined) clock.set(time);
  });
}

function advanceClock(clock: AdjustableClock, by: string): unknown {
  const ms = parseDuration(by);
  if (ms === undefined) {
    throw new ControlError("invalid_body", `by: ${quote(by)} is not a duration: ${durationForm} is needed.`);
  }
  return adjust(clock, "by", () => {
    clock.advance(ms);
  });
}

function adjust(clock: AdjustableClock, key: string, work: () => void): unknown {
  try {
    work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ControlError("invalid_body", `${key}: the clock would pass the year 9999. Set it to an earlier time.`);
  }
  return clockJson(clock);
}

function faultsJson(simulator: Simulator): v.InferOutput<typeof faultsShape> {
  return { faults: simulator.pendingFaults().map(faultJson) };
}

function faultJson({ declaration, left, toSkip }: PendingFault): v.InferOutput<typeof faultShape> {
  const { text, method = "*", with: what } = declaration;
  return {
    // What a program in the same process has declared may have no text.
    fault: text ?? `${method} … ${what.kind}`,
    left: Number.isFinite(left) ? left : null,
    skip: toSkip,
  };
}

function readFault(text: string): ReturnType<typeof parseFault> {
  try {
    return parseFault(text);
  } catch (error) {
    if (!(error instanceof FaultTextError)) throw error;
    throw new ControlError("invalid_body", `fault: ${error.message}`);
  }
}

function readLimit(query: URLSearchParams): number {
  const text = query.get("limit");
  if (text === null) return requestLimits.usual;
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= requestLimits.most) return limit;
  const wanted = `a whole number from 1 to ${requestLimits.most} is needed`;
  throw new ControlError("invalid_query", `limit: ${quote(text)} is not accepted: ${wanted}.`);
}

/** Makes a cluster, and tells what is wrong with its seed, or with the disk that should take it, as a refusal. */
function makeCluster(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof StoreError) throw new ControlError("not_stored", error.message);
    // A password in it that no cluster takes.
    if (error instanceof SimulatorError) throw new ControlError("invalid_seed", error.message);
    // The parser follows the nesting as deep as it goes.
    if (error instanceof RangeError) throw new ControlError("invalid_seed", "The seed is nested too deeply.");
    if (!(error instanceof SeedError)) throw error;
    throw new ControlError("invalid_seed", "No cluster can be made from the seed. The present one stays as it is.", {
      faults: error.faults.slice(0, mostFaults).map(({ path, message }) => ({ path: renderSeedPath(path), message })),
    });
  }
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
