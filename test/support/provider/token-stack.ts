import type { Given, Kept, Outcome } from "./given-provider.ts";
import { type GivenSeries, type } from "./given-series.ts";

/** One access token in the state of one engine, and all that its runs have said. */
export interface TokenStack {
  /** Refreshes unless told otherwise, plans and applies, each time in a new process of the provider. */
  run(config: Given, options?: StackRun): Promise<Outcome>;
  /** What the state holds now; `null` when there is nothing. */
  readonly state: Outcome["state"];
  /** The state as an engine keeps it; `undefined` when there is nothing. */
  readonly kept: Kept | undefined;
  /** Whether anything of what was said names this id. */
  names(id: string): boolean;
}

/** How to run. */
export interface StackRun {
  readonly isBlind?: boolean;
  /** Settings of the provider in place of the usual ones. */
  readonly configured?: Given;
}

/** Starts with an empty state. What a failed create leaves is tainted, as engines have it: they replace it. */
export function givenStack({ newEngine }: GivenSeries): TokenStack {
  const said: string[] = [];
  let last: Outcome | undefined;
  let isTainted = false;
  const heard = (outcome: Outcome): Outcome => {
    said.push(JSON.stringify([outcome.errors, outcome.warnings]));
    return outcome;
  };
  return {
    get state() {
      return last?.state ?? null;
    },
    get kept() {
      return last?.state === null ? undefined : last?.kept;
    },
    names: (id) => said.some((text) => text.includes(id)),
    async run(config, { isBlind = false, configured } = {}) {
      const engine = await newEngine();
      if (configured !== undefined) await engine.configure(configured);
      if (this.kept !== undefined && !isBlind) last = heard(await engine.refresh(type, this.kept));
      if (this.kept !== undefined && isTainted) {
        last = heard(await engine.destroy(type, this.kept));
        if (last.errors.length > 0) return last;
      }
      const isCreate = this.kept === undefined;
      last = heard(await engine.apply(type, config, this.kept));
      isTainted = isCreate && last.errors.length > 0;
      return last;
    },
  };
}
