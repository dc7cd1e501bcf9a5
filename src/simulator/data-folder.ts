import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { listed } from "../vocabulary/listed.ts";
import { makeFolder } from "../vocabulary/make-folder.ts";
import type { Certificate } from "./certificate.ts";
import { openCertificate } from "./kept-certificate.ts";
import { findFileText, writePrivateFile } from "./private-file.ts";
import { type DurableStore, openDurableStore } from "./store/durable-store.ts";
import { StoreError } from "./store/store-error.ts";
import type { Store } from "./store/store.ts";

/** Names in a folder that a cluster may begin in: our own, hidden ones, and what file systems put in their root. */
const harmless =
  /^(?:cluster\.db.*|certificate(?:-key)?\.pem(?:\.new)?|owner\.json(?:\.new)?|admin-password(?:\.new)?|\..*|lost\+found)$/;

/** How a folder is opened. */
export interface DataFolderOptions {
  /** The name or address that clients will ask for. */
  readonly host: string;
  readonly now: Date;
  /** Writes the initial content of a new cluster. If it fails, the folder holds no cluster at all. */
  readonly fill: (store: Store) => Promise<void> | void;
}

/** A folder with one cluster, open in this process and nowhere else. */
export interface DataFolder {
  readonly store: Store;
  /** Whether the cluster was made just now. */
  readonly isNew: boolean;
  readonly certificate: Certificate;
  /** Records where this process listens, for other processes that want to use the folder in the meantime. */
  readonly announce: (address: { readonly host: string; readonly port: number }) => Promise<void>;
  /** Releases the folder for others; calling it more than once is not an error. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a folder, which is made when there is none, for this user alone.
 *
 * The folder holds the cluster's records, its certificate and key, and, while it is in use, which process uses it.
 *
 * @throws {StoreError} when it is in use, damaged, of a newer version, holds other things, or cannot be read and written
 */
export async function openDataFolder(folder: string, options: DataFolderOptions): Promise<DataFolder> {
  return withReason(folder, async () => {
    await needFolder(folder);
    await requireOwnFolder(folder);
    const records = await openRecords(folder, options.fill);
    try {
      await announce(folder, {});
      const certificate = await openCertificate(folder, options.host, options.now);
      return describe(folder, records, certificate);
    } catch (error) {
      await leave(folder, records);
      throw error;
    }
  });
}

function describe(folder: string, records: DurableStore, certificate: Certificate): DataFolder {
  let left: Promise<void> | undefined;
  return {
    store: records.store,
    isNew: records.isNew,
    certificate,
    announce: async (address) => withReason(folder, async () => announce(folder, address)),
    close: async () => (left ??= withReason(folder, async () => leave(folder, records))),
  };
}

/**
 * Opens the records of a folder that holds a cluster, and nothing else of it.
 *
 * @throws {StoreError} when there is no cluster, or as {@link openDataFolder} does
 */
export async function openStoredRecords(folder: string): Promise<DurableStore> {
  return withReason(folder, async () => {
    if ((await stat(path.join(folder, "cluster.db")).catch(() => undefined)) === undefined) {
      throw new StoreError("foreign", `${folder} holds no cluster. Name the folder that --data was given.`);
    }
    return openRecords(folder, () => undefined);
  });
}

async function needFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() === false) {
    throw new StoreError("foreign", `${folder} is a file, and a folder is needed. Choose another name.`);
  }
  await makeFolder(folder, 0o700);
}

/** Refuses a folder with other things in it, so that nothing is overwritten. */
async function requireOwnFolder(folder: string): Promise<void> {
  const names = await readdir(folder);
  const strange = names.filter((name) => !harmless.test(name));
  if (names.includes("cluster.db")) return;
  requireNoRemains(folder, names);
  if (strange.length === 0) return;
  throw new StoreError(
    "foreign",
    `${folder} holds ${listed(strange, { most: 3 })}, and no cluster. Choose an empty folder, or one that does not exist yet.`,
  );
}

/**
 * Refuses a folder with a certificate but no cluster. A certificate is made after its cluster, so the cluster was there and is
 * missing now.
 */
function requireNoRemains(folder: string, names: readonly string[]): void {
  const remains = ["certificate.pem", "certificate-key.pem"].filter((name) => names.includes(name));
  if (remains.length === 0) return;
  throw new StoreError(
    "damaged",
    `In ${folder}, cluster.db is missing next to ${remains.join(" and ")}: the cluster that was there is gone. Restore cluster.db from a copy; or, to begin with a new cluster, delete ${remains.join(" and ")}, or choose another folder.`,
  );
}

async function openRecords(folder: string, fill: DataFolderOptions["fill"]): Promise<DurableStore> {
  try {
    return await openDurableStore(path.join(folder, "cluster.db"), fill);
  } catch (error) {
    if (!(error instanceof StoreError) || error.problem !== "in-use") throw error;
    const owner = await describeOwner(folder);
    throw new StoreError("in-use", `${folder} is in use${owner}. Stop that one, or choose another folder.`, {
      cause: error,
    });
  }
}

function ownerFile(folder: string): string {
  return path.join(folder, "owner.json");
}

/** Writes which process uses the folder. The lock keeps others out; this file only tells them who has it. */
async function announce(folder: string, address: { readonly host?: string; readonly port?: number }): Promise<void> {
  await writePrivateFile(ownerFile(folder), `${JSON.stringify({ pid: process.pid, ...address })}\n`);
}

/** The address where the process that uses the folder listens; `undefined` if that is not known. */
export async function findOwnerAddress(
  folder: string,
): Promise<{ readonly host: string; readonly port: number } | undefined> {
  const { host, port } = await readOwner(folder);
  return host === undefined || port === undefined ? undefined : { host, port: Number(port) };
}

async function readOwner(folder: string): Promise<Partial<Record<"pid" | "host" | "port", string>>> {
  const text = (await findFileText(ownerFile(folder))) ?? "";
  const [, pid] = /"pid":(\d+)/.exec(text) ?? [];
  const [, host, port] = /"host":"([\w.:%-]+)","port":(\d+)/.exec(text) ?? [];
  return { ...(pid === undefined ? {} : { pid }), ...(host === undefined || port === undefined ? {} : { host, port }) };
}

/** Describes the process that uses the folder, as far as that is known. */
async function describeOwner(folder: string): Promise<string> {
  const { pid, host, port } = await readOwner(folder);
  if (pid === undefined) return " by another program";
  const whom = Number(pid) === process.pid ? "by a simulator of this process" : `by process ${pid}`;
  return ` ${whom}${port === undefined ? "" : `, which listens at ${host ?? ""} port ${port}`}`;
}

async function leave(folder: string, records: DurableStore): Promise<void> {
  try {
    await rm(ownerFile(folder), { force: true });
  } finally {
    records.close();
  }
}

/** Names the folder where the system only says what it refused. */
async function withReason<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new StoreError(
      "inaccessible",
      `The folder ${folder} cannot be used: ${error.message}. Choose one on a disk with room, where this user may read and write.`,
      { cause: error },
    );
  }
}

function isSystemError(error: unknown): error is Error {
  return typeof error === "object" && error !== null && "syscall" in error && "message" in error;
}
