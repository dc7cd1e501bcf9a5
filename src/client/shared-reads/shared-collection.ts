import { ClusterError, isAnswer } from "../cluster-error.ts";
import { type SharedRead, SharedRequest, SharedRequests, type Sharing } from "./shared-request.ts";

/**
 * How many objects of one kind are read one by one before lists are asked for.
 *
 * How long a list is shows only once it is there: a plan of a few objects must not read ten thousand.
 */
const fewReads = 3;

/** How many objects of one kind a run has asked for in the time for which answers serve. */
export class ListDemand {
  readonly #sharing: Sharing;
  #reads = 0;
  #sinceMs = -Infinity;
  #isListRefused = false;

  constructor(sharing: Sharing) {
    this.#sharing = sharing;
  }

  /** Counts one more object, and says whether a list pays by now. */
  isListWorth(): boolean {
    const nowMs = this.#sharing.elapsedMs();
    if (nowMs - this.#sinceMs >= this.#sharing.keptMs) {
      this.#sinceMs = nowMs;
      this.#reads = 0;
    }
    this.#reads += 1;
    return !this.#isListRefused && this.#reads > fewReads;
  }

  /** Remembers that lists of this kind cannot be had. */
  refuseLists(): void {
    this.#isListRefused = true;
  }

  /** Whether lists of this kind cannot be had. */
  get isListRefused(): boolean {
    return this.#isListRefused;
  }
}

/** How to read the objects of one collection. */
export interface CollectionReads<T> {
  /** Where the collection is, for messages. */
  readonly path: string;
  readonly demand: ListDemand;
  /** All objects, in the order in which callers get them. */
  list(signal: AbortSignal): Promise<readonly T[]>;
  find(id: string, signal: AbortSignal): Promise<T | undefined>;
  idOf(entry: T): string;
  /**
   * What is the same for all spellings of one id.
   *
   * @default the id
   */
  keyOf?(id: string): string;
}

/** A list, and its entries by their keys. */
interface Listed<T> {
  readonly entries: readonly T[];
  readonly byKey: ReadonlyMap<string, T>;
}

/**
 * Objects that are read one by one while they are few, and by one list for all once they are many.
 *
 * What the list does not hold is asked for by itself before it counts as gone: it may have been made since, or have
 * slipped between two pages. Where the list cannot be had, everything is read one by one.
 */
export class SharedCollection<T> {
  readonly #reads: CollectionReads<T>;
  readonly #list: SharedRequest<Listed<T>>;
  readonly #single: SharedRequests<T | undefined>;

  constructor(reads: CollectionReads<T>, sharing: Sharing) {
    this.#reads = reads;
    this.#single = new SharedRequests(sharing);
    const ask = async (signal: AbortSignal): Promise<Listed<T>> => {
      const entries = await reads.list(signal);
      return { entries, byKey: new Map(entries.map((entry) => [this.#keyOf(reads.idOf(entry)), entry])) };
    };
    this.#list = new SharedRequest(this.#readOf(ask), sharing);
  }

  /** Whether there is a list that still serves, or one on its way. */
  get isListAtHand(): boolean {
    return this.#list.isAtHand;
  }

  /**
   * All objects.
   *
   * @throws {ClusterError} when the list cannot be had
   */
  async all(signal: AbortSignal | undefined): Promise<readonly T[]> {
    return [...(await this.#list.get(signal)).entries];
  }

  /** One object; `undefined` when the cluster, asked for just this one, says that there is none. */
  async find(id: string, signal: AbortSignal | undefined): Promise<T | undefined> {
    const key = this.#keyOf(id);
    const isKnown = this.#single.isAtHand(key);
    const listed = isKnown && !this.isListAtHand ? undefined : await this.#listIfWorth(signal);
    const found = listed?.byKey.get(key);
    if (found !== undefined) return found;
    const read = this.#readOf(async (shared: AbortSignal) => this.#reads.find(id, shared));
    return this.#single.get(key, read, signal);
  }

  /** All objects if the list is there already, or pays with one more read that it could answer. */
  async allIfWorth(signal: AbortSignal | undefined): Promise<readonly T[] | undefined> {
    return (await this.#listIfWorth(signal))?.entries;
  }

  /** Asks anew from now on. */
  forget(): void {
    this.#list.forget();
    this.#single.forget();
  }

  async #listIfWorth(signal: AbortSignal | undefined): Promise<Listed<T> | undefined> {
    const { demand } = this.#reads;
    if (demand.isListRefused || (!this.isListAtHand && !demand.isListWorth())) return undefined;
    try {
      return await this.#list.get(signal);
    } catch (error) {
      if (!isListRefusal(error)) throw error;
      demand.refuseLists();
      return undefined;
    }
  }

  #keyOf(id: string): string {
    return this.#reads.keyOf?.(id) ?? id;
  }

  #readOf<A>(ask: (signal: AbortSignal) => Promise<A>): SharedRead<A> {
    return { request: { method: "GET", path: this.#reads.path }, ask };
  }
}

/** Whether single objects may be had although the list cannot: it is forbidden, or too much, or holds something odd. */
function isListRefusal(error: unknown): boolean {
  if (isAnswer(error, 403)) return true;
  return error instanceof ClusterError && (error.kind === "unreadable-answer" || error.kind === "timeout");
}
