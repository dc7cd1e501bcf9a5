import type { Credentials } from "../client/session.ts";
import { expandHome } from "../vocabulary/home-folder.ts";
import { Secret } from "../vocabulary/secret.ts";
import { halfLoginFault } from "./check-settings.ts";
import { ConnectError } from "./fault.ts";
import type { Place, Setting, Settings } from "./settings.ts";

/**
 * Finds the credentials of the caller: a login, a bearer token or a credentials file, or else what `qq login` has stored.
 *
 * @throws {ConnectError} when there are none, or the file cannot be read
 */
export async function findCredentials(settings: Settings, place: Place): Promise<Credentials> {
  const { username, password, bearer_token: bearerToken, credentials_file: file } = settings;
  const halfLogin = halfLoginFault(settings);
  if (halfLogin !== undefined) throw new ConnectError(halfLogin);
  if (username !== undefined && password !== undefined) {
    return { kind: "login", username: username.text, password: new Secret(password.text) };
  }
  if (bearerToken !== undefined) return { kind: "bearer-token", bearerToken: new Secret(bearerToken.text) };
  return file === undefined ? findStored(place) : fromFile(file);
}

async function fromFile(setting: Setting): Promise<Credentials> {
  const { readCredentialsFile } = await import("../client/credentials-file.ts");
  const stored = await readCredentialsFile(expandHome(setting.text));
  if (stored.kind === "bearer-token") return stored;
  const reason = stored.kind === "none" ? "It does not exist, or it is empty." : stored.reason;
  throw new ConnectError({ kind: "credentials-file-unusable", setting, reason });
}

async function findStored({ address, environment }: Place): Promise<Credentials> {
  const { readStoredCredentials } = await import("../client/credentials-file.ts");
  const stored = await readStoredCredentials({
    ...address,
    configHome: environment["XDG_CONFIG_HOME"],
    home: environment["HOME"],
  });
  if (stored.kind === "bearer-token") return stored;
  throw new ConnectError({ kind: "credentials-missing", address, stored });
}
