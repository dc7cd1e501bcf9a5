import { hash } from "node:crypto";
import { type Database, readRows, reasonOf, textOf } from "./database.ts";
import type { Change, Journal } from "./memory-store.ts";
import { StoreError } from "./store-error.ts";

/**
 * Two tables: the records in the order in which their keys came, and one digest over all of them.
 *
 * SQLite notices pages that are missing or out of order, not bytes that changed within one; the digest does.
 */
const schema = [
  "CREATE TABLE record(position INTEGER PRIMARY KEY, content TEXT NOT NULL) STRICT",
  "CREATE TABLE summary(one INTEGER PRIMARY KEY, digest TEXT NOT NULL) STRICT",
] as const;

interface Row {
  readonly position: number;
  readonly digest: bigint;
}

/** What a transaction makes of the rows. */
interface RowChanges {
  readonly statements: readonly string[];
  /** Rows that are new or changed, by table and key; `undefined` for those that are gone. */
  readonly rows: ReadonlyMap<string, Row | undefined>;
  readonly nextPosition: number;
  readonly digest: bigint;
}

/** Records in an SQLite file, written transaction by transaction. */
export class RowJournal implements Journal {
  readonly #database: Database;
  readonly #file: string;
  readonly #rows = new Map<string, Row>();
  #nextPosition = 1;
  /** The digests of all rows, combined in a way that knows no order. */
  #digest = 0n;
  #isUsable = true;

  /** @param file - the file's name, for messages */
  constructor(database: Database, file: string) {
    this.#database = database;
    this.#file = file;
  }

  /** Makes the tables in an empty file. */
  create(): void {
    this.#database.exec(`${schema.join("; ")}; INSERT INTO summary VALUES (1, '${hexOf(this.#digest)}')`);
  }

  /**
   * Reads all records.
   *
   * @throws {Error} when they are not exactly those that were written
   */
  load(): readonly Change[] {
    const tables = readRows(this.#database, "SELECT CAST(sql AS BLOB) FROM sqlite_schema ORDER BY name")
      .flat()
      .map(textOf);
    if (JSON.stringify(tables) !== JSON.stringify(schema)) throw new Error("its tables are not those of a cluster");
    const rows = readRows(this.#database, "SELECT position, CAST(content AS BLOB) FROM record ORDER BY position");
    const changes = rows.map(([position, content]) => this.#take(Number(position), textOf(content)));
    if (this.#writtenDigest() !== hexOf(this.#digest)) throw new Error("its records are not those that were written");
    return changes;
  }

  /**
   * Writes the changes of one transaction.
   *
   * @throws {StoreError} when they could not be written; nothing of them is in the file then
   */
  keep(changes: readonly Change[]): void {
    if (!this.#isUsable) throw this.#notWritten(new Error("an earlier change failed, or the store is closed"));
    const plan = this.#plan(changes);
    try {
      this.#write(plan);
    } catch (cause) {
      this.#takeBack();
      throw this.#notWritten(cause);
    }
    for (const [name, row] of plan.rows) {
      if (row === undefined) this.#rows.delete(name);
      else this.#rows.set(name, row);
    }
    this.#nextPosition = plan.nextPosition;
    this.#digest = plan.digest;
  }

  /** Refuses all further changes. */
  close(): void {
    this.#isUsable = false;
  }

  #take(position: number, content: string): Change {
    const digest = digestOf(position, content);
    // The text is ours, and its digest is compared before anybody sees what it says.
    const [table, key, record] = JSON.parse(content) as [Change["table"], string, Change["record"]];
    this.#rows.set(nameOf({ table, key }), { position, digest });
    this.#nextPosition = position + 1;
    this.#digest ^= digest;
    return { table, key, record };
  }

  #plan(changes: readonly Change[]): RowChanges {
    const rows = new Map<string, Row | undefined>();
    const statements: string[] = [];
    let nextPosition = this.#nextPosition;
    let digest = this.#digest;
    for (const change of changes) {
      const name = nameOf(change);
      const before = rows.has(name) ? rows.get(name) : this.#rows.get(name);
      digest ^= before?.digest ?? 0n;
      if (change.record === undefined) {
        rows.set(name, undefined);
        if (before !== undefined) statements.push(`DELETE FROM record WHERE position = ${before.position}`);
        continue;
      }
      const position = before?.position ?? nextPosition++;
      const content = JSON.stringify([change.table, change.key, change.record]);
      const row = { position, digest: digestOf(position, content) };
      digest ^= row.digest;
      rows.set(name, row);
      statements.push(`INSERT OR REPLACE INTO record VALUES (${position}, ${quote(content)})`);
    }
    return { statements, rows, nextPosition, digest };
  }

  #write({ statements, digest }: RowChanges): void {
    this.#database.exec("BEGIN IMMEDIATE");
    for (const statement of statements) this.#database.exec(statement);
    this.#database.exec(`UPDATE summary SET digest = '${hexOf(digest)}'; COMMIT`);
  }

  /** After a failure: makes sure that the file holds what it held before, or stops using it. */
  #takeBack(): void {
    this.#isUsable = false;
    try {
      // Some failures have ended the transaction already.
      if (this.#database.inTransaction) this.#database.exec("ROLLBACK");
      this.#isUsable = this.#writtenDigest() === hexOf(this.#digest);
    } catch {
      // It stays unusable, and says so with every change that is asked for.
    }
  }

  #writtenDigest(): string {
    return textOf(readRows(this.#database, "SELECT CAST(digest AS BLOB) FROM summary")[0]?.[0]);
  }

  #notWritten(cause: unknown): StoreError {
    const next = this.#isUsable ? "It does not count; the next one may succeed" : "Then start the simulator again";
    return new StoreError(
      "not-written",
      `A change could not be written to ${this.#file}: ${reasonOf(cause)}. Check that the disk has room for it, within the quota of this user, and can be written. ${next}.`,
      { cause },
    );
  }
}

function nameOf({ table, key }: Pick<Change, "table" | "key">): string {
  return `${table} ${key}`;
}

function digestOf(position: number, content: string): bigint {
  return BigInt(`0x${hash("sha256", `${position} ${content}`).slice(0, 32)}`);
}

function hexOf(digest: bigint): string {
  return digest.toString(16).padStart(32, "0");
}

/**
 * A text in SQL. JSON holds no zero bytes and no halves of characters, so that quotes are all there is to mind.
 *
 * Prepared statements, which would take texts as they are, keep their connection open until they are collected.
 */
function quote(json: string): string {
  return `'${json.replaceAll("'", "''")}'`;
}
