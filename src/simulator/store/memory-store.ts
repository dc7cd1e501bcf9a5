import type { TableName, Tables } from "./records.ts";
import type { Store } from "./store.ts";

type Maps = { readonly [T in TableName]: Map<string, Tables[T]> };

/** A {@link Store} that lasts as long as its process. */
export class MemoryStore implements Store {
  readonly #tables: Maps = {
    cluster: new Map(),
    localUsers: new Map(),
    localGroups: new Map(),
    accountNames: new Map(),
    roles: new Map(),
    accessTokens: new Map(),
    tokenSlots: new Map(),
    sessions: new Map(),
  };

  /** How to take back what the present transaction wrote, latest last. */
  #undo: (() => void)[] = [];

  /** The record with this key, or `undefined`. */
  find<T extends TableName>(table: T, key: string): Tables[T] | undefined {
    return this.#tables[table].get(key);
  }

  /** All records of a table. */
  all<T extends TableName>(table: T): readonly Tables[T][] {
    return [...this.#tables[table].values()];
  }

  /** All records of a table with their keys. */
  entries<T extends TableName>(table: T): readonly { readonly key: string; readonly record: Tables[T] }[] {
    return Array.from(this.#tables[table], ([key, record]) => ({ key, record }));
  }

  /** Keeps a record, in place of the one with the same key. */
  put<T extends TableName>(table: T, key: string, record: Tables[T]): void {
    this.#write(table, key, record);
  }

  /** Forgets a record. */
  remove(table: TableName, key: string): void {
    this.#write(table, key, undefined);
  }

  /** Runs `work` as one change. */
  transaction<R>(work: () => R): R {
    this.#undo = [];
    try {
      return work();
    } catch (error) {
      for (const step of this.#undo.reverse()) step();
      throw error;
    } finally {
      this.#undo = [];
    }
  }

  #write<T extends TableName>(table: T, key: string, record: Tables[T] | undefined): void {
    const rows = this.#tables[table];
    const before = rows.get(key);
    this.#undo.push(() => {
      replace(rows, key, before);
    });
    replace(rows, key, record);
  }
}

function replace<R>(rows: Map<string, R>, key: string, record: R | undefined): void {
  if (record === undefined) rows.delete(key);
  else rows.set(key, record);
}
