/** What goes wrong with one exchange. */
export type Fault =
  /** The connection is reset instead of an answer. */
  | { readonly kind: "reset" }
  /** No answer ever comes; the connection stays open. */
  | { readonly kind: "hang" }
  /** An error answer that looks like the cluster's own; `retryAfterSeconds` becomes the header Retry-After. */
  | { readonly kind: "status"; readonly status: number; readonly retryAfterSeconds?: number }
  /** 200 without a body. */
  | { readonly kind: "empty-body" }
  /** 200 with a body that is cut off in the middle of its JSON. */
  | { readonly kind: "broken-json" }
  /** 200 with an HTML page, as something between client and cluster may answer in its place. */
  | { readonly kind: "web-page" }
  /**
   * The exchange waits for `meanwhile`, which is called once, and then goes on normally. Other exchanges can overtake it in the
   * meantime.
   */
  | { readonly kind: "hold"; readonly meanwhile: () => Promise<unknown> };

/** Which exchanges go wrong, and how. */
export interface FaultDeclaration {
  /** Any method when absent. */
  readonly method?: string;
  /** Tried against the path with its query, percent-encoded as it came; any path when absent. */
  readonly path?: RegExp;
  /** How many exchanges it meets before it is used up; 1 when absent, 0 for none, `Infinity` for all of them. */
  readonly times?: number;
  /** How many matching exchanges pass normally before the first one fails; 0 when absent. */
  readonly skip?: number;
  /** Whether the cluster has carried out the request ("after") or not ("before", the default). */
  readonly when?: "before" | "after";
  /** What happens to the exchange. */
  readonly with: Fault;
  /** The text that it was read from, for people; absent when a program has made it. */
  readonly text?: string;
}

/** A declared failure that has not happened yet, or not as often as it was declared. */
export interface PendingFault {
  /** As it was declared. */
  readonly declaration: FaultDeclaration;
  /** How many matching exchanges still pass normally before it. */
  readonly toSkip: number;
  /** How many exchanges it still meets; `Infinity` for all of them. */
  readonly left: number;
}

interface Declared {
  readonly declaration: FaultDeclaration;
  toSkip: number;
  left: number;
}

/** Declared failures of a simulator, in the order of their declaration. */
export class Faults {
  #pending: Declared[] = [];

  /** Makes coming exchanges fail. */
  declare(declaration: FaultDeclaration): void {
    const { times = 1, skip = 0 } = declaration;
    if (times > 0) this.#pending.push({ declaration, toSkip: skip, left: times });
  }

  /** How many failures are declared and have not happened yet; `Infinity` while an endless one is. */
  get left(): number {
    return this.#pending.reduce((sum, { left }) => sum + left, 0);
  }

  /** What is declared and has not happened yet, as it is at this moment. */
  get pending(): readonly PendingFault[] {
    return this.#pending.map((declared) => ({ ...declared }));
  }

  /** Forgets all that is still declared. */
  clear(): void {
    this.#pending = [];
  }

  /** The fault that meets this exchange at this moment, which is then used up by one. */
  take(when: "before" | "after", method: string, path: string): Fault | undefined {
    const entry = this.#pending.find(
      (pending) => meets(pending.declaration, { when, method, path }) && !isSkipping(pending),
    );
    if (entry === undefined) return undefined;
    entry.left -= 1;
    this.#pending = this.#pending.filter(({ left }) => left > 0);
    return entry.declaration.with;
  }
}

/** Lets one exchange pass while there are some to let pass. */
function isSkipping(pending: Declared): boolean {
  if (pending.toSkip <= 0) return false;
  pending.toSkip -= 1;
  return true;
}

function meets(
  declaration: FaultDeclaration,
  exchange: { readonly when: "before" | "after"; readonly method: string; readonly path: string },
): boolean {
  return (
    (declaration.when ?? "before") === exchange.when &&
    (declaration.method === undefined || declaration.method.toUpperCase() === exchange.method) &&
    // `search` always starts at the front, whatever flags the pattern has.
    (declaration.path === undefined || exchange.path.search(declaration.path) >= 0)
  );
}
