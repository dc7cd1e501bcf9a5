import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";

import * as v from "valibot";

import { errorCode } from "../vocabulary/error-code.ts";
import { homeFolder } from "../vocabulary/home-folder.ts";
import { makeFolder } from "../vocabulary/make-folder.ts";
import { Secret } from "../vocabulary/secret.ts";
import { writeWholeFile } from "../vocabulary/whole-file.ts";

/** What was in a credentials file. */
export type StoredCredentials =
  | { readonly kind: "bearer-token"; readonly path: string; readonly bearerToken: Secret }
  /** No file there, or an empty one: not logged in. */
  | { readonly kind: "none"; readonly path: string }
  /** `reason` is a sentence for the practitioner, without anything of the content. */
  | { readonly kind: "unreadable"; readonly path: string; readonly reason: string };

const credentialsFile = v.object({ version: v.literal(1), bearer_token: v.pipe(v.string(), v.nonEmpty()) });

/** Reads a credentials file as Qumulo's `qq` writes it for a login or a new access token. */
export async function readCredentialsFile(path: string): Promise<StoredCredentials> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const code = errorCode(error) ?? "unknown error";
    if (code === "ENOENT" || code === "ENOTDIR") return { kind: "none", path };
    return { kind: "unreadable", path, reason: `It cannot be read (${code}).` };
  }
  return text.trim() === "" ? { kind: "none", path } : parseCredentials(path, text);
}

/** The text of a credentials file, just as `qq login` writes it. It is as secret as the bearer token. */
export function renderCredentialsFile(bearerToken: Secret): string {
  return `{"bearer_token": ${JSON.stringify(bearerToken.reveal())}, "version": 1}\n`;
}

/**
 * Writes a credentials file that only its owner may read. Whoever reads it meanwhile sees the old file or the new one,
 * whole. Folders that are not there are made, for the owner only.
 *
 * @throws {Error} of the system
 */
export async function writeCredentialsFile(path: string, bearerToken: Secret): Promise<void> {
  await makeFolder(dirname(path), 0o700);
  await writeWholeFile(path, renderCredentialsFile(bearerToken), 0o600);
}

/** Where to look for what `qq login` stored. */
export interface CredentialsStore {
  /** Host of the cluster, as it was given to `qq`. */
  readonly host: string;
  /** Port of its REST API. */
  readonly port: number;
  /** `XDG_CONFIG_HOME`, where it is an absolute path. */
  readonly configHome?: string | undefined;
  /** The practitioner's home directory; the system says it unless given. */
  readonly home?: string | undefined;
}

/**
 * Reads what `qq login` stored for one host and port: the file of that host, or else the one file of older releases,
 * `~/.qfsd_cred`.
 */
export async function readStoredCredentials(store: CredentialsStore): Promise<StoredCredentials> {
  const { host, port, configHome } = store;
  // An empty HOME would have files looked up in the current folder.
  const home = homeFolder(store.home ?? process.env["HOME"]);
  const base = configHome !== undefined && isAbsolute(configHome) ? configHome : join(home, ".config");
  // A host is one name in a folder of files: nothing that leads elsewhere is looked up.
  const file = `${host.toLowerCase()}_${port}`;
  const ofHost = await readCredentialsFile(join(base, "qumulo", "credentials", file.replaceAll("/", "_")));
  return ofHost.kind === "none" ? readCredentialsFile(join(home, ".qfsd_cred")) : ofHost;
}

function parseCredentials(path: string, text: string): StoredCredentials {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: "unreadable", path, reason: "It is not JSON." };
  }
  const parsed = v.safeParse(credentialsFile, json);
  if (parsed.success) return { kind: "bearer-token", path, bearerToken: new Secret(parsed.output.bearer_token) };
  return { kind: "unreadable", path, reason: `It must hold "version": 1 and a "bearer_token".` };
}
