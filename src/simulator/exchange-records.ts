import { Counters } from "./http/counters.ts";
import type { RequestLogEntry } from "./http/request-log.ts";
import { explainUnknownPath } from "./http/unknown-path.ts";
import type { CoreVersion } from "../vocabulary/core-version.ts";

/** How many entries of the request log are kept; a simulator may run for weeks. */
const keptRequests = 100_000;

/** A request to a path that the simulator does not serve. */
export interface UnknownPath {
  /** HTTP method of the request. */
  readonly method: string;
  /** As it was asked for, cut when it is longer than 2000 characters. */
  readonly path: string;
}

/** Who wants to know, and what is served. */
export interface RecordOptions {
  readonly coreVersion: CoreVersion;
  readonly onRequest?: (entry: RequestLogEntry) => void;
  readonly onUnknownPath?: (method: string, path: string, explanation: string) => void;
  readonly onNotStored?: (explanation: string) => void;
  readonly onDefect?: (error: unknown) => void;
}

/** The exchanges that a simulator remembers. */
export class ExchangeRecords {
  readonly requests: RequestLogEntry[] = [];
  readonly unknownPaths: UnknownPath[] = [];
  readonly defects: unknown[] = [];
  readonly counters = new Counters();
  readonly #options: RecordOptions;

  constructor(options: RecordOptions) {
    this.#options = options;
  }

  /** Keeps one exchange, and counts it. */
  readonly onRequest = (entry: RequestLogEntry): void => {
    if (this.requests.length >= keptRequests) this.requests.splice(0, keptRequests / 10);
    this.requests.push(entry);
    this.counters.count(entry);
    this.#options.onRequest?.(entry);
  };

  /** Keeps a request to a path that is not served, and explains it. */
  readonly onUnknownPath = (method: string, path: string): void => {
    const { coreVersion, onUnknownPath } = this.#options;
    if (this.unknownPaths.length < keptRequests) this.unknownPaths.push({ method, path });
    onUnknownPath?.(method, path, explainUnknownPath(method, path, coreVersion));
  };

  /** Reports a change that the data folder could not store. */
  readonly onNotStored = (explanation: string): void => {
    this.#options.onNotStored?.(explanation);
  };

  /** Keeps a failure of the simulator itself. */
  readonly onDefect = (error: unknown): void => {
    this.defects.push(error);
    this.#options.onDefect?.(error);
  };

  /** Forgets the exchanges that are kept; the counters go on. */
  readonly clear = (): void => {
    this.requests.length = 0;
    this.unknownPaths.length = 0;
  };
}
