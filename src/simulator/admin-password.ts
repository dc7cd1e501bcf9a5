import { rm } from "node:fs/promises";
import path from "node:path";
import { Secret } from "../vocabulary/secret.ts";
import { findFileText, writePrivateFile } from "./private-file.ts";
import { findUser, wellKnownIds } from "./rules/accounts/accounts.ts";
import type { Context } from "./rules/context.ts";
import { setPassword } from "./rules/accounts/local-users.ts";
import { isPassword } from "./rules/accounts/passwords.ts";

function passwordFile(folder: string): string {
  return path.join(folder, "admin-password");
}

/**
 * Writes a generated password next to the cluster, so that it can be shown again; the cluster itself keeps only hashes.
 *
 * @throws {Error} of the system
 */
export async function rememberAdminPassword(folder: string, password: Secret): Promise<void> {
  await writePrivateFile(passwordFile(folder), `${password.reveal()}\n`);
}

/**
 * Forgets a generated password, because somebody chose another one; none is not an error.
 *
 * @throws {Error} of the system
 */
export async function forgetAdminPassword(folder: string): Promise<void> {
  await rm(passwordFile(folder), { force: true });
}

/**
 * Finds the password of admin among the possible ones.
 *
 * @param folder - the generated password in this folder is tried as well
 * @returns `undefined` when it is none of them
 * @throws {Error} of the system
 */
export async function findAdminPassword(
  context: Context,
  folder: string,
  candidates: readonly Secret[],
): Promise<Secret | undefined> {
  const generated = (await findFileText(passwordFile(folder)))?.trimEnd();
  const all = generated === undefined ? candidates : [...candidates, new Secret(generated)];
  return all.find((candidate) => isAdminPassword(context, candidate));
}

/**
 * Gives admin this password, as another administrator could; nothing happens when it is theirs already.
 *
 * @throws {ApiError} when it breaks the cluster's rules
 */
export function setAdminPassword(context: Context, password: Secret): void {
  if (isAdminPassword(context, password)) return;
  context.store.transaction(() => {
    setPassword(context, wellKnownIds.admin, password);
  });
}

function isAdminPassword(context: Context, password: Secret): boolean {
  const admin = findUser(context, wellKnownIds.admin);
  return admin !== undefined && isPassword(password, admin.passwordHash);
}
