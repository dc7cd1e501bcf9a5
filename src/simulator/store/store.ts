import type { TableName, Tables } from "./records.ts";

/**
 * What a cluster remembers: tables of plain records by text keys.
 *
 * Everything is synchronous, so that a rule that reads and then writes is never interrupted. Records are replaced,
 * never changed.
 */
export interface Store {
  /** The record with this key, or `undefined`. */
  find<T extends TableName>(table: T, key: string): Tables[T] | undefined;
  /** All records of a table, in no promised order. */
  all<T extends TableName>(table: T): readonly Tables[T][];
  /** All records of a table with their keys, in no promised order. */
  entries<T extends TableName>(table: T): readonly { readonly key: string; readonly record: Tables[T] }[];
  /** Keeps a record, in place of the one with the same key. */
  put<T extends TableName>(table: T, key: string, record: Tables[T]): void;
  /** Forgets a record; none with this key is no error. */
  remove(table: TableName, key: string): void;
  /** Runs `work` as one change: when it throws, nothing of what it wrote remains. Does not nest. */
  transaction<R>(work: () => R): R;
}
