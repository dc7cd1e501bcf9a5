import { knownOrUndefined } from "../../framework/attribute-value.ts";
import type { DiagnosticText } from "../../framework/diagnostics.ts";
import type { ConfigModel } from "../../framework/model.ts";
import type { ProviderSchema } from "../provider-schema.ts";

/** The environment of the process, by the names of variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The provider's configuration as the engine sends it. */
export type ProviderConfig = ConfigModel<ProviderSchema>;

/** The name of one attribute of the provider's configuration. */
export type SettingName = keyof ProviderConfig;

/** One value that the practitioner gave. */
export interface Setting {
  readonly name: SettingName;
  /** As text, whatever its type; never empty. */
  readonly text: string;
  /** The environment variable it comes from; `undefined` when the configuration has it. */
  readonly variable: string | undefined;
}

/** Everything that the practitioner gave, by attribute. */
export type Settings = Readonly<Partial<Record<SettingName, Setting>>>;

/** Where the cluster is. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Attributes of which one kind replaces the other: those in the configuration put the environment's aside. */
const credentials = ["username", "password", "bearer_token", "credentials_file"] as const;
const trust = ["ca_file", "ca_pem", "certificate_sha256", "insecure"] as const;

/** Collects what the configuration says, leaving out what is empty. */
export function configuredSettings(config: ProviderConfig): Settings {
  const settings: Partial<Record<SettingName, Setting>> = {};
  for (const name of settingNames) {
    const text = cleaned(name, knownOrUndefined<string | number | boolean>(config[name])?.toString());
    if (text !== undefined) settings[name] = { name, text, variable: undefined };
  }
  return settings;
}

/**
 * Completes what the configuration says from the environment.
 *
 * Credentials of another kind than the configured ones are left aside, and so is another way to trust: what the
 * configuration says never meets a contradiction from outside.
 */
export function withEnvironment(configured: Settings, environment: Environment): Settings {
  const settings: Partial<Record<SettingName, Setting>> = { ...configured };
  for (const name of settingNames) {
    const variable = variableOf(name);
    const text = cleaned(name, environment[variable]);
    if (text !== undefined && !isDecided(name, configured)) settings[name] = { name, text, variable };
  }
  return settings;
}

/** Whether the configuration has this setting, or another one that takes its place. */
function isDecided(name: SettingName, configured: Settings): boolean {
  if (configured[name] !== undefined) return true;
  if (isTrust(name)) return trust.some((trusted) => configured[trusted] !== undefined);
  const kind = credentialsKind(configured);
  return kind !== undefined && isCredential(name) && kindOf(name) !== kind;
}

/** A password is taken as it is; around everything else blanks and line ends mean nothing. */
function cleaned(name: SettingName, text: string | undefined): string | undefined {
  const clean = name === "password" ? text : text?.trim();
  return clean === "" ? undefined : clean;
}

/** The environment variable that stands in for an attribute. */
function variableOf(name: SettingName): string {
  return `QUMULO_${name.toUpperCase()}`;
}

/** Puts a message where the value came from: at the attribute, or with the variable's name in front. */
export function atSetting(setting: Setting, text: DiagnosticText): DiagnosticText {
  const { name, variable } = setting;
  if (variable === undefined) return { ...text, attribute: [name] };
  return { ...text, detail: `The environment variable ${variable} is at fault. ${text.detail}` };
}

const settingNames = [
  "host",
  "port",
  ...credentials,
  ...trust,
  "proxy",
  "request_timeout",
  "max_retries",
] as const satisfies readonly SettingName[];

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
