import { open, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  type Connect,
  type Database,
  kindOf,
  loadLibrary,
  readNumber,
  readRows,
  reasonOf,
  textOf,
} from "./database.ts";
import { type Change, MemoryStore } from "./memory-store.ts";
import { tableIndexes } from "./records.ts";
import { RowJournal } from "./row-journal.ts";
import type { Store } from "./store.ts";
import { StoreError } from "./store-error.ts";

/** "QSIM": tells the file from those of other programs. */
const applicationId = 0x5153494d;

/** Counts the forms that the file had; a program reads its own and refuses later ones. */
const formatVersion = 1;

/** The size of the smallest page that SQLite knows. */
const smallestBytes = 512;

/** How long two processes that start at the same moment wait for each other. */
const patienceMs = 100;

/** A store in a file. */
export interface DurableStore {
  readonly store: Store;
  /** Whether there was no file before. */
  readonly isNew: boolean;
  /** Lets go of the file, which holds everything already; more than once is not an error. */
  readonly close: () => void;
}

/**
 * Opens a store in a file; every change is in the file, and flushed to the disk, before it counts.
 *
 * The records are read into memory as a whole, once it is sure that they are what was written. Beside the file stand,
 * while it is in use, its journal and a lock, which ends with the process.
 *
 * @param fill - writes what a new store begins with; it is there as a whole or the file is not
 * @throws {StoreError} when another process or this one has it open, when it is damaged or not ours, or cannot be opened
 */
export async function openDurableStore(
  file: string,
  fill: (store: Store) => Promise<void> | void,
): Promise<DurableStore> {
  const connect = await loadLibrary();
  const lock = await takeLock(connect, file);
  try {
    const isNew = await createIfMissing(connect, file, fill);
    const { store, close } = await openExisting(connect, file);
    let isOpen = true;
    return {
      store,
      isNew,
      close: () => {
        if (!isOpen) return;
        isOpen = false;
        close();
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** Locks the file by a lock on another one, which can be had before the file is there. */
async function takeLock(connect: Connect, file: string): Promise<Database> {
  const lockFile = `${file}.lock`;
  let lock: Database | undefined;
  try {
    await createEmpty(lockFile);
    lock = connect(lockFile);
    lock.exec(`PRAGMA busy_timeout = ${patienceMs}; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE`);
    return lock;
  } catch (error) {
    lock?.close();
    if (kindOf(error) !== "other") throw describeFailure(kindOf(error) === "busy" ? file : lockFile, error);
    throw new StoreError(
      "damaged",
      `${lockFile} should be empty, and is not: ${reasonOf(error)}. Delete it, and start the simulator again: it holds nothing of the cluster.`,
      { cause: error },
    );
  }
}

/**
 * Creates an empty file that only its owner may read.
 *
 * One that is there is not even opened: closing it would take away the locks that this process has on it.
 */
async function createEmpty(file: string): Promise<void> {
  try {
    await writeFile(file, "", { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  }
}

/** Makes the file in another place, so that it is either whole or not there. */
async function createIfMissing(
  connect: Connect,
  file: string,
  fill: (store: Store) => Promise<void> | void,
): Promise<boolean> {
  try {
    if (await exists(file)) return false;
    if (await exists(`${file}-journal`)) {
      throw damaged(file, new Error("the file is gone, and its journal is still there"));
    }
    const draft = `${file}.new`;
    await Promise.all([draft, `${draft}-journal`].map(async (leftover) => rm(leftover, { force: true })));
    await createEmpty(draft);
    await writeNew(connect(draft), draft, fill);
    await rename(draft, file);
    await flushFolder(dirname(file));
    return true;
  } catch (error) {
    throw kindOf(error) === "no-access" ? describeFailure(file, error) : error;
  }
}

async function writeNew(
  database: Database,
  draft: string,
  fill: (store: Store) => Promise<void> | void,
): Promise<void> {
  try {
    const journal = new RowJournal(database, draft);
    database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${formatVersion}`);
    journal.create();
    await fill(new MemoryStore(journal));
    journal.close();
  } finally {
    database.close();
  }
}

/** Makes a new name in a folder outlast a loss of power, where the system can. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function openExisting(connect: Connect, file: string): Promise<Omit<DurableStore, "isNew">> {
  let database: Database | undefined;
  try {
    // SQLite takes a file of at most one byte for a new database.
    if ((await stat(file)).size < smallestBytes) throw new Error("it ends within its first page");
    database = connect(file);
    return await readStore(database, file);
  } catch (error) {
    if (database !== undefined) release(database);
    throw error instanceof StoreError ? error : describeFailure(file, error);
  }
}

async function readStore(database: Database, file: string): Promise<Omit<DurableStore, "isNew">> {
  // A rollback journal: unlike with a write-ahead log, the file alone holds everything that was answered.
  database.exec(
    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; BEGIN EXCLUSIVE; COMMIT; PRAGMA journal_mode = DELETE",
  );
  requireWhole(database, (await stat(file)).size);
  requireOwnFormat(database, file);
  const journal = new RowJournal(database, file);
  const rows = journal.load();
  requireKnownTables(rows, file);
  // Writes what stands there already: where writing is impossible, it shows now and not with the first change.
  database.exec(`PRAGMA user_version = ${formatVersion}`);
  return {
    store: new MemoryStore(journal, rows),
    close: () => {
      journal.close();
      release(database);
    },
  };
}

function requireOwnFormat(database: Database, file: string): void {
  if (readNumber(database, "application_id") !== applicationId) {
    throw new StoreError(
      "foreign",
      `${file} is not the file of a simulated cluster. Choose another folder, or restore the file from a copy.`,
    );
  }
  const version = readNumber(database, "user_version");
  if (version > formatVersion) throw newer(file, `format ${version}, and this one knows ${formatVersion}`);
}

/** Compares what the file says of itself with what is there. */
function requireWhole(database: Database, sizeBytes: number): void {
  const pages = readNumber(database, "page_count");
  const pageBytes = readNumber(database, "page_size");
  if (pages * pageBytes !== sizeBytes) {
    throw new Error(`it should have ${pages * pageBytes} bytes, and it has ${sizeBytes}`);
  }
  const findings = readRows(database, "SELECT CAST(quick_check AS BLOB) FROM pragma_quick_check").flat().map(textOf);
  if (findings.length !== 1 || findings[0] !== "ok") throw new Error(findings.slice(0, 3).join("; "));
}

function requireKnownTables(rows: readonly Change[], file: string): void {
  const unknown = rows.find(({ table }) => !Object.hasOwn(tableIndexes, table));
  if (unknown !== undefined) throw newer(file, `records of ${JSON.stringify(unknown.table)}`);
}

/**
 * Closes a connection that has read.
 *
 * The library keeps it open until the statements that read are collected; its lock must not stay for so long.
 */
function release(database: Database): void {
  try {
    database.exec("PRAGMA locking_mode = NORMAL; SELECT count(*) FROM sqlite_schema");
  } catch {
    // A file that cannot be read is not locked, either.
  }
  database.close();
}

function describeFailure(file: string, cause: unknown): StoreError {
  const kind = kindOf(cause);
  if (kind === "busy") {
    return new StoreError("in-use", `${file} is in use by another program. Stop that one, or choose another folder.`, {
      cause,
    });
  }
  if (kind === "other") return damaged(file, cause);
  return new StoreError(
    "inaccessible",
    `${file} cannot be opened: ${reasonOf(cause)}. Choose a folder on a disk with room, where this user may read and write.`,
    { cause },
  );
}

function damaged(file: string, cause: unknown): StoreError {
  return new StoreError(
    "damaged",
    `${file} is damaged: ${reasonOf(cause)}. Restore it from a copy, or delete its folder to begin with a new cluster.`,
    { cause },
  );
}

function newer(file: string, what: string): StoreError {
  return new StoreError(
    "newer",
    `${file} was written by a newer version of this program: it has ${what}. Use that version, or choose another folder.`,
  );
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (isCode(error, "ENOENT")) return false;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
