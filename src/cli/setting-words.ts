import type { Fault } from "../connection/fault.ts";
import { renderFault } from "../connection/render/fault-text.ts";
import type { Words } from "../connection/render/words.ts";
import { type SettingName, secretSettings } from "../connection/settings.ts";

/** Where each setting is written on a command line: its flag, or its variable where it has none. */
const names: Readonly<Record<SettingName, string>> = {
  host: "--host",
  port: "--port",
  username: "QUMULO_USERNAME",
  password: "QUMULO_PASSWORD",
  bearer_token: "QUMULO_BEARER_TOKEN",
  credentials_file: "--credentials-file",
  ca_file: "--ca-file",
  ca_pem: "QUMULO_CA_PEM",
  certificate_sha256: "--certificate-sha256",
  insecure: "--insecure",
  proxy: "QUMULO_PROXY",
  request_timeout: "QUMULO_REQUEST_TIMEOUT",
  max_retries: "QUMULO_MAX_RETRIES",
};

const flagWords: Words = {
  name: (setting) => names[setting],
  given: ({ name, variable }) => variable ?? names[name],
  assignment: (setting, value) => `${names[setting]} ${value}`,
  missing: (setting) => names[setting],
  waysToLogIn: "QUMULO_USERNAME and QUMULO_PASSWORD, or QUMULO_BEARER_TOKEN, or give --credentials-file",
  account: "The account",
  credentialsPlace: "as flags or in the environment",
  stopped: "",
};

/** How settings are named to whoever has written them into a file, by their names in the provider; secrets do not stand there. */
export function wordsOfFile(file: string): Words {
  const name = (setting: SettingName): string =>
    secretSettings.includes(setting) ? names[setting] : `${setting} in ${file}`;
  return {
    ...flagWords,
    name,
    given: ({ name: setting, variable }) => variable ?? name(setting),
    assignment: (setting, value) => `"${setting}": ${setting === "port" ? value : `"${value}"`} in ${file}`,
    missing: name,
    waysToLogIn: `QUMULO_USERNAME and QUMULO_PASSWORD, or QUMULO_BEARER_TOKEN, or give credentials_file in ${file}`,
    credentialsPlace: `in ${file} or in the environment`,
  };
}

/** A fault as the command line tells of it: what was met, and what to do. */
export function renderFlagFault(
  fault: Fault,
  words: Words = flagWords,
): { readonly found: string; readonly todo: string } {
  const { summary, detail } = renderFault(fault, words);
  return { found: `${summary}.`, todo: detail };
}
