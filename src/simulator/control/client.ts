import { once } from "node:events";
import { type IncomingMessage, request, type RequestOptions } from "node:http";
import { text } from "node:stream/consumers";
import type { Secret } from "../../vocabulary/secret.ts";
import type { RequestLogEntry } from "../http/request-log.ts";
import type { Seed } from "../seeds/seed.ts";

/** Where a control API is. */
export type ControlAddress =
  /** At a port: a URL such as `http://127.0.0.1:40124`, and the bearer secret. */
  | { readonly url: string; readonly secret: string | Secret }
  /** At a Unix socket. */
  | { readonly socket: string };

/** A request that the control API has refused, or has not answered. */
export class ControlRequestError extends Error {
  override readonly name = "ControlRequestError";
  /** The answer's code, such as `invalid_body`; `undefined` when what answered was not the control API. */
  readonly code: string | undefined;

  constructor(code: string | undefined, message: string) {
    super(message);
    this.code = code;
  }
}

/** Where a simulated cluster is. */
export interface SimulatorDescription {
  /** Such as `https://127.0.0.1:8000`, as the simulator itself sees it. */
  readonly url: string;
  /** The address that it listens on. */
  readonly host: string;
  /** The port that it listens on. */
  readonly port: number;
  /** Such as `7.8.2`. */
  readonly core_version: string;
  /** Always `admin`. */
  readonly username: string;
  /** Its certificate, which is its own CA. */
  readonly certificate_pem: string;
  /** SHA-256 of the certificate: 64 hexadecimal digits. */
  readonly certificate_sha256: string;
}

/** What a cluster's clock shows. */
export interface ClockReading {
  /** RFC 3339. */
  readonly time: string;
  /** Whether it goes on by itself. */
  readonly running: boolean;
}

/** What to do with a cluster's clock; what is absent stays. */
export interface ClockChange {
  /** What it shows from now on. */
  readonly time?: Date;
  /** Whether it goes on by itself from now on. */
  readonly running?: boolean;
}

/** A fault that is declared and has not happened yet. */
export interface DeclaredFault {
  /** As it was declared. */
  readonly fault: string;
  /** How many exchanges it still meets; `null` for all of them. */
  readonly left: number | null;
  /** How many matching exchanges still pass before it. */
  readonly skip: number;
}

/** The latest requests to a cluster. */
export interface RequestLog {
  /** Oldest first. */
  readonly requests: readonly RequestLogEntry[];
  /** How many there are, also those that are not in this answer. */
  readonly total: number;
}

/**
 * Controls a simulator in another process, or on another machine. Every method rejects with a {@link ControlRequestError} that
 * says what is wrong.
 *
 * @example
 * import { ControlClient } from "cdktf-qumulo/simulator";
 *
 * const control = new ControlClient({ socket: "./control/control.sock" });
 * await control.advanceClock("90d");
 * await control.declareFault("POST /v1/auth/access-tokens/ 503");
 * console.log((await control.readRequests()).total);
 */
export class ControlClient {
  readonly #address: ControlAddress;

  constructor(address: ControlAddress) {
    this.#address = address;
  }

  /** Where the cluster is, and its certificate. */
  async describe(): Promise<SimulatorDescription> {
    return this.#ask<SimulatorDescription>("GET", "/v1/simulator");
  }

  /** Begins again: a new cluster with the seed of the start, no faults, no request log, the clock of the start. */
  async reset(): Promise<void> {
    await this.#ask("POST", "/v1/reset");
  }

  /** A seed of the cluster as it is now. */
  async exportSeed(): Promise<Seed> {
    return this.#ask<Seed>("GET", "/v1/seed");
  }

  /** Puts a new cluster with this seed in the place of the present one. */
  async replaceCluster(seed: Seed): Promise<void> {
    await this.#ask("PUT", "/v1/seed", seed);
  }

  /** What the cluster's clock shows. */
  async readClock(): Promise<ClockReading> {
    return this.#ask<ClockReading>("GET", "/v1/clock");
  }

  /** Sets the cluster's clock, stops it or lets it go on; what is absent stays. */
  async setClock(change: ClockChange): Promise<ClockReading> {
    return this.#ask<ClockReading>("PUT", "/v1/clock", change);
  }

  /** Moves the cluster's clock on by a duration such as `"90d"`. */
  async advanceClock(by: string): Promise<ClockReading> {
    return this.#ask<ClockReading>("POST", "/v1/clock/advance", { by });
  }

  /** The declared faults that have not happened yet. */
  async listFaults(): Promise<readonly DeclaredFault[]> {
    return (await this.#ask<{ readonly faults: readonly DeclaredFault[] }>("GET", "/v1/faults")).faults;
  }

  /** Declares a fault, written as for the flag `--fault`, such as `"POST /v1/users/ 503 x2"`. */
  async declareFault(fault: string): Promise<void> {
    await this.#ask("POST", "/v1/faults", { fault });
  }

  /** Forgets all declared faults. */
  async clearFaults(): Promise<void> {
    await this.#ask("DELETE", "/v1/faults");
  }

  /**
   * The latest requests to the cluster.
   *
   * @param limit - how many at most, up to 10 000; 1000 when absent
   */
  async readRequests(limit?: number): Promise<RequestLog> {
    return this.#ask<RequestLog>("GET", limit === undefined ? "/v1/requests" : `/v1/requests?limit=${limit}`);
  }

  /** Empties the request log. */
  async clearRequests(): Promise<void> {
    await this.#ask("DELETE", "/v1/requests");
  }

  async #ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const { status, text: answer } = await send(this.#address, { method, path, body });
    const value = parse(answer);
    // The API documents what it answers.
    if (status === 200 && value !== undefined) return value as Answer;
    throw refusalOf(`${method} ${path}`, status, value);
  }
}

/** What the API documents of a refusal. */
interface Refusal {
  readonly code?: string;
  readonly message?: string;
  readonly faults?: readonly { readonly path: string; readonly message: string }[];
}

function refusalOf(asked: string, status: number, answer: unknown): ControlRequestError {
  const { code, message, faults = [] } = (answer ?? {}) as Refusal;
  const said = message ?? `The answer has status ${status} and is not one of the control API. Is that its address?`;
  const lines = faults.map((fault) => `\n  ${fault.path === "" ? "" : `${fault.path}: `}${fault.message}`);
  return new ControlRequestError(code, `${asked}: ${said}${lines.join("")}`);
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: object | undefined;
}

/** A container's or a machine's name in the URL is not one that the API knows as its own. */
const ownHost = { Host: "localhost" };

async function send(address: ControlAddress, { method, path, body }: Asked): Promise<{ status: number; text: string }> {
  const bytes = Buffer.from(body === undefined ? "" : JSON.stringify(body));
  const headers = {
    ...ownHost,
    ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    ...("socket" in address ? {} : authorization(address.secret)),
    "Content-Length": bytes.length,
  };
  const options: RequestOptions = { method, agent: false, headers };
  const sent =
    "socket" in address
      ? request({ ...options, path, socketPath: address.socket })
      : request(new URL(path, address.url), options);
  sent.end(bytes);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, text: await text(answer) };
}

function authorization(secret: string | Secret): Record<string, string> {
  return { Authorization: `Bearer ${typeof secret === "string" ? secret : secret.reveal()}` };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
