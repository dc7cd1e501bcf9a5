import { parseProxy } from "../client/proxy.ts";
import { bearerTokenFault } from "../vocabulary/bearer-token.ts";
import { parseDuration } from "../vocabulary/duration.ts";
import { parseFingerprint } from "../vocabulary/fingerprint.ts";
import type { Fault, MalformedSetting, SettingsFault } from "./fault.ts";
import type { Setting, SettingName, Settings } from "./settings.ts";

/** Everything that is wrong with the settings, before anything is asked of the cluster. */
export function settingFaults(settings: Settings): readonly Fault[] {
  const faults = Object.values(settings).map((setting) => checks[setting.name]?.(setting));
  return [...faults, credentialsFault(settings), trustFault(settings)].filter((fault) => fault !== undefined);
}

/** Finds that half of a login is missing. It is checked separately, since the other half may come from the environment. */
export function halfLoginFault({ username, password }: Settings): SettingsFault | undefined {
  const given = username ?? password;
  if (given === undefined || (username !== undefined && password !== undefined)) return undefined;
  return { kind: "login-incomplete", given, missing: username === undefined ? "username" : "password" };
}

type Check = (setting: Setting) => MalformedSetting | undefined;

const checks: Readonly<Partial<Record<SettingName, Check>>> = {
  host: checkHost,
  port: checkPort,
  bearer_token: checkBearerToken,
  certificate_sha256: checkFingerprint,
  ca_pem: checkPem,
  insecure: checkFlag,
  proxy: checkProxy,
  request_timeout: checkTimeout,
  max_retries: checkRetries,
};

/** The host without the brackets in which addresses of IP version 6 are often written. */
export function bareHost(text: string): string {
  return /^\[[0-9a-fA-F:.%]+\]$/.test(text) ? text.slice(1, -1) : text;
}

function checkHost(setting: Setting): MalformedSetting | undefined {
  const { text } = setting;
  const kind = "host-malformed";
  const host = text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/\/.*$/, "");
  const [, name, port] = /^([^:[\]]+|\[[^\]]+\]):(\d+)$/.exec(host) ?? [];
  if (name !== undefined && port !== undefined) return { kind, setting, meant: { host: bareHost(name), port } };
  if (host !== text) return { kind, setting, meant: { host, port: undefined } };
  if (/^[A-Za-z0-9._-]+$/.test(text) || /^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%\w+)?$/.test(bareHost(text))) return undefined;
  return { kind, setting, meant: undefined };
}

function checkPort(setting: Setting): MalformedSetting | undefined {
  const { text } = setting;
  const isPort = /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
  return isPort ? undefined : { kind: "port-out-of-range", setting };
}

function checkBearerToken(setting: Setting): MalformedSetting | undefined {
  const reason = bearerTokenFault(setting.text);
  return reason === undefined ? undefined : { kind: "bearer-token-malformed", setting, reason };
}

function checkFingerprint(setting: Setting): MalformedSetting | undefined {
  return parseFingerprint(setting.text) === undefined ? { kind: "fingerprint-malformed", setting } : undefined;
}

function checkPem(setting: Setting): MalformedSetting | undefined {
  if (setting.text.includes("-----BEGIN CERTIFICATE-----")) return undefined;
  return { kind: "pem-without-certificate", setting };
}

const flags: Readonly<Record<string, boolean>> = { true: true, "1": true, false: false, "0": false };

/** Reads a boolean as configurations and environment variables write it. */
export function parseFlag(text: string): boolean | undefined {
  const key = text.toLowerCase();
  return Object.hasOwn(flags, key) ? flags[key] : undefined;
}

function checkFlag(setting: Setting): MalformedSetting | undefined {
  return parseFlag(setting.text) === undefined ? { kind: "flag-malformed", setting } : undefined;
}

/** The value of `proxy` that means to connect directly, whatever the environment says. */
export const noProxy = "none";

/** Finds the fault of a setting that does not name a usable proxy. */
export function checkProxy(setting: Setting): MalformedSetting | undefined {
  const { text } = setting;
  if (text === noProxy || parseProxy(text) !== undefined) return undefined;
  return { kind: "proxy-malformed", setting, isSocks: /^socks/i.test(text) };
}

function checkTimeout(setting: Setting): MalformedSetting | undefined {
  return (parseDuration(setting.text) ?? 0) > 0 ? undefined : { kind: "timeout-malformed", setting };
}

const mostRetries = 100;

function checkRetries(setting: Setting): MalformedSetting | undefined {
  if (/^\d{1,3}$/.test(setting.text) && Number(setting.text) <= mostRetries) return undefined;
  return { kind: "retries-out-of-range", setting, most: mostRetries };
}

function credentialsFault(settings: Settings): SettingsFault | undefined {
  const { username, password, bearer_token: bearerToken, credentials_file: file } = settings;
  const both = firstTwo([username ?? password, bearerToken, file]);
  return both && { kind: "contradicting-credentials", setting: preferGiven(both), both };
}

function trustFault(settings: Settings): SettingsFault | undefined {
  const { ca_file: file, ca_pem: pem, certificate_sha256: fingerprint, insecure } = settings;
  const isInsecure = insecure !== undefined && parseFlag(insecure.text) === true;
  const both = firstTwo([file, pem, fingerprint, isInsecure ? insecure : undefined]);
  return both && { kind: "contradicting-trust", setting: preferGiven(both), both };
}

function firstTwo(settings: readonly (Setting | undefined)[]): readonly [Setting, Setting] | undefined {
  const [first, second] = settings.filter((setting) => setting !== undefined);
  return first === undefined || second === undefined ? undefined : [first, second];
}

/** A person looks first at what the caller gave, not at the environment. */
function preferGiven([first, second]: readonly [Setting, Setting]): Setting {
  return second.variable === undefined ? second : first;
}
