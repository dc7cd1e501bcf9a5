import { NumberedKeys } from "./numbered-keys.ts";
import { type IndexName, type TableName, type Tables, tableIndexes } from "./records.ts";
import type { NumberedTable, Store } from "./store.ts";

/** One record that was put, or forgotten when it is `undefined`. */
export interface Change<T extends TableName = TableName> {
  readonly table: T;
  readonly key: string;
  readonly record: Tables[T] | undefined;
}

/** Keeps changes beyond the life of the process. */
export interface Journal {
  /**
   * Keeps the changes of one transaction, all of them or none, and returns when they are safe.
   *
   * @throws {Error} when they could not be kept
   */
  readonly keep: (changes: readonly Change[]) => void;
}

/** A {@link Store} in memory; with a journal, every change is kept there before it counts. */
export class MemoryStore implements Store {
  readonly #tables = new Map<TableName, Table<object>>();
  readonly #numbered: Readonly<Record<NumberedTable, NumberedKeys>> = { accessTokens: new NumberedKeys() };
  readonly #journal: Journal | undefined;

  /** What the current transaction wrote, the latest last, with what is needed to undo it; `undefined` outside transactions. */
  #pending: Written[] | undefined;

  /** @param rows - what an earlier process left, as it was given to the journal */
  constructor(journal?: Journal, rows: Iterable<Change> = []) {
    for (const [name, indexes] of Object.entries(tableIndexes)) {
      // Object.entries forgets which names the keys are, and that each index takes the records of its own table.
      this.#tables.set(name as TableName, new Table(indexes as Indexes<object>));
    }
    for (const { table, key, record } of rows) this.#replace(table, key, record);
    this.#journal = journal;
  }

  /** The record with this key, or `undefined`. */
  find<T extends TableName>(table: T, key: string): Tables[T] | undefined {
    return this.#table(table).rows.get(key);
  }

  /** The records for which an index of the table gives this value. */
  where<T extends TableName>(table: T, index: IndexName<T>, value: string): readonly Tables[T][] {
    return this.#table(table).where(index, value);
  }

  /** All records of a table. */
  all<T extends TableName>(table: T): readonly Tables[T][] {
    return [...this.#table(table).rows.values()];
  }

  /** All records of a table with their keys. */
  entries<T extends TableName>(table: T): Iterable<readonly [string, Tables[T]]> {
    return this.#table(table).rows;
  }

  /** Records of a table in the order of their numbers. */
  slice<T extends NumberedTable>(table: T, after: string | undefined, count: number): readonly Tables[T][] {
    const { rows } = this.#table(table);
    const keys = this.#numbered[table].slice(after, count);
    return keys.flatMap((key) => rows.get(key) ?? []);
  }

  /** Keeps a record, in place of the one with the same key. */
  put<T extends TableName>(table: T, key: string, record: Tables[T]): void {
    this.#write({ table, key, record });
  }

  /** Forgets a record. */
  remove(table: TableName, key: string): void {
    this.#write({ table, key, record: undefined });
  }

  /** Runs `work` as one change. */
  transaction<R>(work: () => R): R {
    if (this.#pending !== undefined) throw new Error("Transactions do not nest.");
    const pending: Written[] = [];
    this.#pending = pending;
    try {
      const result = work();
      if (pending.length > 0) this.#journal?.keep(pending.map(({ change }) => change));
      return result;
    } catch (error) {
      for (const { change, before } of pending.reverse()) this.#replace(change.table, change.key, before);
      throw error;
    } finally {
      this.#pending = undefined;
    }
  }

  #write(change: Change): void {
    if (this.#pending === undefined) {
      this.transaction(() => {
        this.#write(change);
      });
      return;
    }
    const before = this.find(change.table, change.key);
    this.#pending.push({ change, before });
    this.#replace(change.table, change.key, change.record);
  }

  #replace(table: TableName, key: string, record: object | undefined): void {
    this.#tables.get(table)?.replace(key, record);
    if (table in this.#numbered) {
      const keys = this.#numbered[table as NumberedTable];
      if (record === undefined) keys.remove(key);
      else keys.add(key);
    }
  }

  #table<T extends TableName>(name: T): Table<Tables[T]> {
    // A map cannot say that each of its keys has a value of its own type.
    return this.#tables.get(name) as unknown as Table<Tables[T]>;
  }
}

/** A change, and the record that it replaced. */
interface Written {
  readonly change: Change;
  readonly before: object | undefined;
}

type Indexes<R> = Readonly<Record<string, (record: R) => string | undefined>>;

/** One table with its indexes. */
class Table<R extends object> {
  readonly rows = new Map<string, R>();
  readonly #indexes: Indexes<R>;
  /** By index and value: the keys of the records. */
  readonly #keys = new Map<string, Map<string, Set<string>>>();

  constructor(indexes: Indexes<R>) {
    this.#indexes = indexes;
    for (const name of Object.keys(indexes)) this.#keys.set(name, new Map());
  }

  where(index: string, value: string): R[] {
    const keys = this.#keys.get(index)?.get(value) ?? [];
    return Array.from(keys).flatMap((key) => this.rows.get(key) ?? []);
  }

  replace(key: string, record: R | undefined): void {
    const before = this.rows.get(key);
    if (before !== undefined) this.#index(key, before, "remove");
    if (record === undefined) this.rows.delete(key);
    else {
      this.rows.set(key, record);
      this.#index(key, record, "add");
    }
  }

  #index(key: string, record: R, action: "add" | "remove"): void {
    for (const [name, valueOf] of Object.entries(this.#indexes)) {
      const value = valueOf(record);
      const byValue = this.#keys.get(name);
      if (value === undefined || byValue === undefined) continue;
      const keys = byValue.get(value) ?? new Set();
      if (action === "add") byValue.set(value, keys.add(key));
      else {
        keys.delete(key);
        if (keys.size === 0) byValue.delete(value);
      }
    }
  }
}
