import type { StoredCredentials } from "../../client/credentials-file.ts";
import type { Credentials } from "../../client/session.ts";
import { DiagnosticError } from "../../framework/diagnostics.ts";
import { Secret } from "../../vocabulary/secret.ts";
import { halfLoginFault } from "./check.ts";
import { expandHome } from "./paths.ts";
import { type Address, atSetting, type Environment, type Setting, type Settings } from "./settings.ts";

/**
 * Who the provider is to the cluster: by login, bearer token or credentials file, or else by what `qq login` stored.
 *
 * @throws {DiagnosticError} when there are none, or the file is not readable
 */
export async function findCredentials(
  settings: Settings,
  place: { readonly address: Address; readonly environment: Environment },
): Promise<Credentials> {
  const { username, password, bearer_token: bearerToken, credentials_file: file } = settings;
  const halfLogin = halfLoginFault(settings);
  if (halfLogin !== undefined) throw new DiagnosticError(halfLogin);
  if (username !== undefined && password !== undefined) {
    return { kind: "login", username: username.text, password: new Secret(password.text) };
  }
  if (bearerToken !== undefined) return { kind: "bearer-token", bearerToken: new Secret(bearerToken.text) };
  return file === undefined ? findStored(place) : fromFile(file);
}

async function fromFile(file: Setting): Promise<Credentials> {
  const { readCredentialsFile } = await import("../../client/credentials-file.ts");
  const stored = await readCredentialsFile(expandHome(file.text));
  if (stored.kind === "bearer-token") return stored;
  const reason = stored.kind === "none" ? "It does not exist, or it is empty." : stored.reason;
  const detail = `credentials_file is "${file.text}". ${reason} Give a file that qq login or qq auth_create_access_token --file has written.`;
  throw new DiagnosticError(atSetting(file, { summary: "Credentials file cannot be used", detail }));
}

async function findStored(place: {
  readonly address: Address;
  readonly environment: Environment;
}): Promise<Credentials> {
  const { address, environment } = place;
  const { readStoredCredentials } = await import("../../client/credentials-file.ts");
  const stored = await readStoredCredentials({
    ...address,
    configHome: environment["XDG_CONFIG_HOME"],
    home: environment["HOME"],
  });
  if (stored.kind === "bearer-token") return stored;
  throw noCredentials(stored, address);
}

function noCredentials(stored: StoredCredentials, { host, port }: Address): DiagnosticError {
  const looked = stored.kind === "unreadable" ? ` What qq stored in ${stored.path} is of no use: ${stored.reason}` : "";
  return new DiagnosticError({
    summary: "No credentials for the cluster",
    detail: `Set username and password, or bearer_token, or credentials_file (or QUMULO_USERNAME and QUMULO_PASSWORD, QUMULO_BEARER_TOKEN, QUMULO_CREDENTIALS_FILE), or run "qq --host ${host} --port ${port} login".${looked}`,
  });
}
