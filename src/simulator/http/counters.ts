import type { RequestLogEntry } from "./request-log.ts";

/** How often things happened since a simulator started. What did not happen has no entry. */
export interface CounterSnapshot {
  /** Exchanges by method and endpoint, such as `GET /v1/auth/access-tokens/{id}`; those with a wrong method too. */
  readonly requests: Readonly<Record<string, number>>;
  /** Exchanges by status, such as `200`; `none` for those without an answer. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Exchanges by the declared failure that met them, such as `reset`. */
  readonly faults: Readonly<Record<string, number>>;
  /** Exchanges with paths that the simulator does not serve. */
  readonly unknownPaths: number;
}

/** Counts exchanges. */
export class Counters {
  readonly #requests = new Map<string, number>();
  readonly #statuses = new Map<string, number>();
  readonly #faults = new Map<string, number>();
  #unknownPaths = 0;

  /** Counts one exchange. */
  count({ method, route, status, fault }: Pick<RequestLogEntry, "method" | "route" | "status" | "fault">): void {
    if (route === null) this.#unknownPaths += 1;
    else increase(this.#requests, `${method} ${route}`);
    increase(this.#statuses, status === null ? "none" : status.toString());
    if (fault !== undefined) increase(this.#faults, fault);
  }

  /** The counts of this moment; what happens later does not change them. */
  snapshot(): CounterSnapshot {
    return {
      requests: Object.fromEntries(this.#requests),
      statuses: Object.fromEntries(this.#statuses),
      faults: Object.fromEntries(this.#faults),
      unknownPaths: this.#unknownPaths,
    };
  }
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
