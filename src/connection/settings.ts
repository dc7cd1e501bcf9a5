import type { Proxy } from "../client/proxy.ts";

/** The environment of the process, by the names of variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that replace each other: when a caller gives one of these, all of them are ignored in the environment. */
const credentials = ["username", "password", "bearer_token", "credentials_file"] as const;
const trust = ["ca_file", "ca_pem", "certificate_sha256", "insecure"] as const;

/** All settings, named as the attributes of the provider's configuration. */
export const settingNames = [
  "host",
  "port",
  ...credentials,
  ...trust,
  "proxy",
  "request_timeout",
  "max_retries",
] as const;

/** The name of one setting. */
export type SettingName = (typeof settingNames)[number];

/** Those that are secret themselves, and so belong into no file and on no command line. */
export const secretSettings: readonly SettingName[] = ["password", "bearer_token"];

/** One value that the practitioner gave. */
export interface Setting {
  readonly name: SettingName;
  /** As text, whatever its type; never empty. */
  readonly text: string;
  /** The environment variable it comes from; `undefined` when a configuration or a flag has it. */
  readonly variable: string | undefined;
}

/** Everything that the practitioner gave, by name. */
export type Settings = Readonly<Partial<Record<SettingName, Setting>>>;

/** Where the cluster is. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Where the cluster is, and what the process has around it. */
export interface Place {
  readonly address: Address;
  readonly environment: Environment;
}

/** A proxy, and where the practitioner named it. */
export interface FoundProxy {
  readonly proxy: Proxy;
  readonly setting: Setting;
}

/** Collects what a configuration or flags say, leaving out what is empty. */
export function givenSettings(texts: Readonly<Partial<Record<SettingName, string | undefined>>>): Settings {
  const settings: Partial<Record<SettingName, Setting>> = {};
  for (const name of settingNames) {
    const text = cleaned(name, texts[name]);
    if (text !== undefined) settings[name] = { name, text, variable: undefined };
  }
  return settings;
}

/**
 * Completes what was given from the environment.
 *
 * If credentials were given, other kinds of credentials in the environment are ignored, and so are other ways to trust the
 * certificate. So the environment can never contradict what was given.
 */
export function withEnvironment(given: Settings, environment: Environment): Settings {
  const settings: Partial<Record<SettingName, Setting>> = { ...given };
  for (const name of settingNames) {
    const variable = variableOf(name);
    const text = cleaned(name, environment[variable]);
    if (text !== undefined && !isDecided(name, given)) settings[name] = { name, text, variable };
  }
  return settings;
}

/** The environment variable that stands in for a setting. */
export function variableOf(name: SettingName): string {
  return `QUMULO_${name.toUpperCase()}`;
}

/** Whether this setting was given, or another one that takes its place. */
function isDecided(name: SettingName, given: Settings): boolean {
  if (given[name] !== undefined) return true;
  if (isTrust(name)) return trust.some((trusted) => given[trusted] !== undefined);
  const kind = credentialsKind(given);
  return kind !== undefined && isCredential(name) && kindOf(name) !== kind;
}

/** Removes white space around every value except a password, which is kept as it is. */
function cleaned(name: SettingName, text: string | undefined): string | undefined {
  const clean = name === "password" ? text : text?.trim();
  return clean === "" ? undefined : clean;
}

type CredentialName = (typeof credentials)[number];

function isCredential(name: SettingName): name is CredentialName {
  return credentials.some((credential) => credential === name);
}

function isTrust(name: SettingName): boolean {
  return trust.some((trusted) => trusted === name);
}

function kindOf(name: CredentialName): "login" | "bearer_token" | "credentials_file" {
  return name === "username" || name === "password" ? "login" : name;
}

function credentialsKind(settings: Settings): ReturnType<typeof kindOf> | undefined {
  const given = credentials.find((name) => settings[name] !== undefined);
  return given && kindOf(given);
}
