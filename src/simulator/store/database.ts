import type Libsql from "libsql";
import { StoreError } from "./store-error.ts";

/** A connection to one SQLite file. */
export type Database = Libsql.Database;

/** Opens a file, which is created when there is none. */
export type Connect = (file: string) => Database;

/**
 * Loads the database library, which takes a while: a cluster in memory does without.
 *
 * @throws {StoreError} when it is not installed, or not for this kind of machine
 */
export async function loadLibrary(): Promise<Connect> {
  try {
    const { default: Library } = await import("libsql");
    return (file) => new Library(file);
  } catch (cause) {
    throw new StoreError(
      "inaccessible",
      `A data folder needs the package libsql with its part for ${process.platform} ${process.arch}, and it cannot be loaded: ${reasonOf(cause)}. Install it with its optional dependencies.`,
      { cause },
    );
  }
}

/** The rows that a statement gives, each the list of its columns. */
export function readRows(database: Database, sql: string): readonly (readonly unknown[])[] {
  // Raw mode gives lists; the library's types know it not.
  return database.prepare(sql).raw().all() as readonly (readonly unknown[])[];
}

/**
 * Reads a column that was selected as `CAST(… AS BLOB)`, as every text of a file must be: at one that is damaged, so
 * that it is not UTF-8 any more, the library ends the process.
 *
 * @throws {Error} when it is not such a column
 */
export function textOf(column: unknown): string {
  if (!ArrayBuffer.isView(column)) throw new Error("a value has another form");
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength).toString();
}

/** The number that a pragma gives. */
export function readNumber(database: Database, pragma: string): number {
  return Number(readRows(database, `PRAGMA ${pragma}`)[0]?.[0]);
}

/**
 * SQLite's numbers for a file that another one has, and for one that the system does not let us use.
 *
 * @see SQLite's result codes: BUSY, LOCKED; PERM, READONLY, IOERR, FULL, CANTOPEN, AUTH
 */
const codes = { busy: [5, 6], noAccess: [3, 8, 10, 13, 14, 23] } as const;

/** What kind of failure this is, of the database library or of the system; `other` also for any other error. */
export function kindOf(error: unknown): "busy" | "no-access" | "other" {
  if (typeof error !== "object" || error === null) return "other";
  // The lower byte is the code, the rest says more about it. While it opens a file, the library gives no code at all.
  const code = "rawCode" in error && typeof error.rawCode === "number" ? error.rawCode & 0xff : 0;
  if (codes.busy.some((busy) => busy === code)) return "busy";
  const isOfSystem = "syscall" in error || isOpeningFailure(error);
  return isOfSystem || codes.noAccess.some((other) => other === code) ? "no-access" : "other";
}

/** What a failure says of itself. */
export function reasonOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("message" in error)) return String(error);
  return isOpeningFailure(error) ? "the system does not let it be opened" : String(error.message);
}

function isOpeningFailure(error: object): boolean {
  return "message" in error && String(error.message).startsWith("ConnectionFailed(");
}
