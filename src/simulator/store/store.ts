import type { IndexName, TableName, Tables } from "./records.ts";

/**
 * What a cluster remembers: tables of plain records by text keys.
 *
 * Everything is synchronous, so that a rule that reads and then writes is never interrupted. Records are replaced,
 * never changed.
 */
export interface Store {
  /** The record with this key, or `undefined`. */
  find<T extends TableName>(table: T, key: string): Tables[T] | undefined;
  /** The records for which an index of the table gives this value, in no promised order. */
  where<T extends TableName>(table: T, index: IndexName<T>, value: string): readonly Tables[T][];
  /** All records of a table, in no promised order. */
  all<T extends TableName>(table: T): readonly Tables[T][];
  /** All records of a table with their keys, the one that was put first for the longest time first. */
  entries<T extends TableName>(table: T): Iterable<readonly [key: string, record: Tables[T]]>;
  /**
   * Records of a table whose keys are decimal numbers, in the order of these numbers.
   *
   * @param after - the key before the first one; from the start when `undefined`
   * @param count - how many at most
   */
  slice<T extends NumberedTable>(table: T, after: string | undefined, count: number): readonly Tables[T][];
  /** Keeps a record, in place of the one with the same key. */
  put<T extends TableName>(table: T, key: string, record: Tables[T]): void;
  /** Forgets a record; none with this key is not an error. */
  remove(table: TableName, key: string): void;
  /** Runs `work` as one change: when it throws, nothing of what it wrote remains. Does not nest. */
  transaction<R>(work: () => R): R;
}

/** A table that is read in the order of its keys. */
export type NumberedTable = "accessTokens";
