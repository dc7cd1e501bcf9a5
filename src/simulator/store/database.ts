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

/** The one value that a statement gives, or `undefined`. */
export function readValue(database: Database, sql: string): unknown {
  return readRows(database, sql)[0]?.[0];
}

/** What kind of failure of the database library this is; `other` also for what is no failure of it. */
export function kindOf(error: unknown): "busy" | "no-access" | "other" {
  const message = reasonOf(error);
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) return "busy";
  // While it opens a file, the library tells SQLite's number in its message only; 14 is SQLITE_CANTOPEN.
  if (/^SQLITE_(CANTOPEN|PERM|READONLY|AUTH|FULL|IOERR)/.test(code) || /^E[A-Z]+$/.test(code)) return "no-access";
  return message.startsWith("ConnectionFailed(") ? "no-access" : "other";
}

/** What a failure says of itself. */
export function reasonOf(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
}
