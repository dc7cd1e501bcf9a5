/** What goes wrong with one exchange. */
export type Fault =
  /** The connection is reset instead of an answer. */
  | { readonly kind: "reset" }
  /** No answer ever comes; the connection stays open. */
  | { readonly kind: "hang" }
  /** An error answer, with the usual body; `retryAfterSeconds` becomes the header Retry-After. */
  | { readonly kind: "status"; readonly status: number; readonly retryAfterSeconds?: number }
  /** 200 without a body. */
  | { readonly kind: "empty-body" }
  /** 200 with a body that is cut off in the middle of its JSON. */
  | { readonly kind: "broken-json" };

/** Which exchanges go wrong, and how. */
export interface FaultDeclaration {
  /** Any method when absent. */
  readonly method?: string;
  /** Tried against the path with its query; any path when absent. */
  readonly path?: RegExp;
  /** How many exchanges it meets before it is used up; 1 when absent. */
  readonly times?: number;
  /** Whether the cluster has done what was asked by then ("after"), or has not looked at it ("before", also when absent). */
  readonly when?: "before" | "after";
  readonly with: Fault;
}

/** Declared failures of a simulator, in the order of their declaration. */
export class Faults {
  #pending: { readonly declaration: FaultDeclaration; left: number }[] = [];

  /** Makes coming exchanges fail. */
  declare(declaration: FaultDeclaration): void {
    this.#pending.push({ declaration, left: declaration.times ?? 1 });
  }

  /** How many failures are declared and have not happened yet. */
  get left(): number {
    return this.#pending.reduce((sum, { left }) => sum + left, 0);
  }

  /** Forgets all that is still declared. */
  clear(): void {
    this.#pending = [];
  }

  /** The fault that meets this exchange at this moment, which is then used up by one. */
  take(when: "before" | "after", method: string, path: string): Fault | undefined {
    const entry = this.#pending.find(({ declaration }) => meets(declaration, { when, method, path }));
    if (entry === undefined) return undefined;
    entry.left -= 1;
    this.#pending = this.#pending.filter(({ left }) => left > 0);
    return entry.declaration.with;
  }
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
