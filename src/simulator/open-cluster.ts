import { randomBytes } from "node:crypto";
import { systemClock } from "../vocabulary/clock.ts";
import { Secret } from "../vocabulary/secret.ts";
import { findAdminPassword, forgetAdminPassword, rememberAdminPassword, setAdminPassword } from "./admin-password.ts";
import { type Certificate, createCertificate } from "./certificate.ts";
import { openDataFolder } from "./data-folder.ts";
import { certificateNames } from "./kept-certificate.ts";
import type { Context } from "./rules/context.ts";
import { MemoryStore } from "./store/memory-store.ts";
import type { Store } from "./store/store.ts";
import { StoreError } from "./store/store-error.ts";

/** What a cluster is opened with. */
export interface ClusterSetup {
  /** The name or address that clients will ask for. */
  readonly host: string;
  /** Admin's password, by the cluster's rules; `undefined` when nobody chose one. */
  readonly chosenPassword: Secret | undefined;
  /** Admin's password in a new cluster, unless another one is chosen. */
  readonly seededPassword: Secret | undefined;
  /** What rules work with on this store. */
  readonly contextOn: (store: Store) => Context;
  /** Writes what a new cluster begins with. */
  readonly fill: (context: Context, adminPassword: Secret) => void;
}

/** A cluster that is open, but not served yet. */
export interface OpenCluster {
  /** Whether it was made just now. */
  readonly isNew: boolean;
  readonly context: Context;
  readonly adminPassword: Secret;
  readonly certificate: Certificate;
  /** Records where the cluster is served, for other processes that want to use the data folder in the meantime. */
  readonly announce: (address: { readonly host: string; readonly port: number }) => Promise<void>;
  /** More than once is not an error. */
  readonly close: () => Promise<void>;
}

/** A new cluster in memory. */
export function openMemoryCluster(setup: ClusterSetup): OpenCluster {
  const { host, chosenPassword, seededPassword, contextOn, fill } = setup;
  const adminPassword = chosenPassword ?? seededPassword ?? randomPassword();
  const context = contextOn(new MemoryStore());
  fill(context, adminPassword);
  return {
    isNew: true,
    context,
    adminPassword,
    certificate: createCertificate(certificateNames(host), systemClock.now()),
    announce: async () => Promise.resolve(),
    close: async () => Promise.resolve(),
  };
}

/**
 * The cluster of a folder, made there the first time.
 *
 * A generated password is kept next to the cluster; a chosen one is not, but it becomes admin's if it was not.
 *
 * @throws {StoreError} when the folder cannot be used, or admin's password is not known
 */
export async function openStoredCluster(folder: string, setup: ClusterSetup): Promise<OpenCluster> {
  const { chosenPassword, seededPassword, contextOn, fill } = setup;
  const opened = await openDataFolder(folder, {
    host: setup.host,
    now: systemClock.now(),
    async fill(store) {
      const given = chosenPassword ?? seededPassword;
      const adminPassword = given ?? randomPassword();
      // Before the cluster is there: no moment leaves one behind whose password nobody knows.
      if (given === undefined) await rememberAdminPassword(folder, adminPassword);
      fill(contextOn(store), adminPassword);
    },
  });
  try {
    const context = contextOn(opened.store);
    const { isNew, certificate, announce, close } = opened;
    const adminPassword = await settlePassword(folder, context, setup);
    return { isNew, context, adminPassword, certificate, announce, close };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function settlePassword(folder: string, context: Context, setup: ClusterSetup): Promise<Secret> {
  const { chosenPassword, seededPassword } = setup;
  if (chosenPassword !== undefined) {
    setAdminPassword(context, chosenPassword);
    await forgetAdminPassword(folder);
    return chosenPassword;
  }
  const known = await findAdminPassword(context, folder, seededPassword === undefined ? [] : [seededPassword]);
  if (known !== undefined) return known;
  throw new StoreError(
    "password-unknown",
    `The password of admin in ${folder} is not known: somebody chose it, and the cluster keeps a hash only, or the file admin-password is damaged. Give one (--admin-password, or the option adminPassword); it becomes admin's password.`,
  );
}

/** A password that satisfies the cluster's rules by its first four characters, whatever follows. */
export function randomPassword(): Secret {
  return new Secret(`Aa1-${randomBytes(18).toString("base64url")}`);
}
