import type { DiagnosticText } from "../../framework/diagnostics.ts";
import { bearerTokenFault } from "../../vocabulary/bearer-token.ts";
import { durationForm, parseDuration } from "../../vocabulary/duration.ts";
import { parseProxy } from "../../client/proxy.ts";
import { parseFingerprint } from "../../vocabulary/fingerprint.ts";
import { atSetting, type Setting, type SettingName, type Settings } from "./settings.ts";

/** Everything that is wrong with the settings by themselves, each with what to change. */
export function settingFaults(settings: Settings): readonly DiagnosticText[] {
  const faults = Object.values(settings).map((setting) => {
    const text = checks[setting.name]?.(setting.text);
    return text && atSetting(setting, text);
  });
  return [...faults, credentialsFault(settings), trustFault(settings)].filter((fault) => fault !== undefined);
}

/** Says that half of a login is missing. Apart from the others: the other half may come from the environment. */
export function halfLoginFault({ username, password }: Settings): DiagnosticText | undefined {
  const given = username ?? password;
  if (given === undefined || (username !== undefined && password !== undefined)) return undefined;
  const missing = username === undefined ? "username" : "password";
  return atSetting(given, {
    summary: `${missing} is missing`,
    detail: `A login takes both username and password, and only ${given.name} is set. Set ${missing} too, or QUMULO_${missing.toUpperCase()}.`,
  });
}

type Check = (text: string) => DiagnosticText | undefined;

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

function checkHost(text: string): DiagnosticText | undefined {
  const summary = "Host is not a host name or address";
  const host = text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/\/.*$/, "");
  const [, name, port] = /^([^:[\]]+|\[[^\]]+\]):(\d+)$/.exec(host) ?? [];
  if (name !== undefined && port !== undefined) {
    return { summary, detail: `host is "${text}". Write host = "${bareHost(name)}" and port = ${port}.` };
  }
  if (host !== text) return { summary, detail: `host is "${text}". Write host = "${host}", without scheme and path.` };
  if (/^[A-Za-z0-9._-]+$/.test(text) || /^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%\w+)?$/.test(bareHost(text))) return undefined;
  return { summary, detail: `host is "${text}". Give a name such as "cluster.example.com", or an address.` };
}

function checkPort(text: string): DiagnosticText | undefined {
  if (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535) return undefined;
  return {
    summary: "Port is out of range",
    detail: `port is ${text}. Give a whole number from 1 to 65535; clusters listen at 8000 unless told otherwise.`,
  };
}

function checkBearerToken(text: string): DiagnosticText | undefined {
  const fault = bearerTokenFault(text);
  if (fault === undefined) return undefined;
  return {
    summary: "Bearer token is not readable",
    detail: `${fault} Give bearer_token just as the cluster showed it, in one line.`,
  };
}

function checkFingerprint(text: string): DiagnosticText | undefined {
  if (parseFingerprint(text) !== undefined) return undefined;
  return {
    summary: "Fingerprint is not readable",
    detail: `certificate_sha256 is "${text}". Give the SHA-256 fingerprint of the cluster's certificate: 64 hexadecimal digits, with or without colons.`,
  };
}

function checkPem(text: string): DiagnosticText | undefined {
  if (text.includes("-----BEGIN CERTIFICATE-----")) return undefined;
  return {
    summary: "ca_pem holds no certificate",
    detail: `Give the text of a PEM file, which begins with "-----BEGIN CERTIFICATE-----"; for the path of a file use ca_file.`,
  };
}

const flags: Readonly<Record<string, boolean>> = { true: true, "1": true, false: false, "0": false };

/** Reads a boolean as configurations and environment variables write it. */
export function parseFlag(text: string): boolean | undefined {
  const key = text.toLowerCase();
  return Object.hasOwn(flags, key) ? flags[key] : undefined;
}

function checkFlag(text: string): DiagnosticText | undefined {
  if (parseFlag(text) !== undefined) return undefined;
  return { summary: "insecure is not a boolean", detail: `insecure is "${text}". Give true or false.` };
}

/** What `proxy` says for the direct way, whatever the environment says. */
export const noProxy = "none";

/** Says why this names no proxy that can be used. The text is not shown: it may hold a password. */
export function checkProxy(text: string): DiagnosticText | undefined {
  if (text === noProxy || parseProxy(text) !== undefined) return undefined;
  const what = /^socks/i.test(text)
    ? "It is a SOCKS proxy, and only HTTP proxies are spoken to."
    : "It cannot be read.";
  return {
    summary: "Proxy is not the address of an HTTP proxy",
    detail: `${what} Give proxy as "http://proxy.example.com:3128", with user:password@ before the host where the proxy asks for them, special characters percent-encoded; or "none" to go to the cluster directly.`,
  };
}

function checkTimeout(text: string): DiagnosticText | undefined {
  if ((parseDuration(text) ?? 0) > 0) return undefined;
  return {
    summary: "Request timeout is not a duration",
    detail: `request_timeout is "${text}". Give ${durationForm}, longer than nothing.`,
  };
}

const mostRetries = 100;

function checkRetries(text: string): DiagnosticText | undefined {
  if (/^\d{1,3}$/.test(text) && Number(text) <= mostRetries) return undefined;
  return {
    summary: "Number of retries is out of range",
    detail: `max_retries is ${text}. Give a whole number from 0 to ${mostRetries}.`,
  };
}

function credentialsFault(settings: Settings): DiagnosticText | undefined {
  const { username, password, bearer_token: bearerToken, credentials_file: file } = settings;
  const given = [username ?? password, bearerToken, file].filter((setting) => setting !== undefined);
  const [first, second] = given;
  if (first === undefined || second === undefined) return undefined;
  return atSetting(preferAttribute(first, second), {
    summary: "Contradicting credentials",
    detail: `${sourceOf(first)} and ${sourceOf(second)} are both set, and each is a way to log in by itself. Keep one: username with password, or bearer_token, or credentials_file.`,
  });
}

function trustFault(settings: Settings): DiagnosticText | undefined {
  const { ca_file: file, ca_pem: pem, certificate_sha256: fingerprint, insecure } = settings;
  const isInsecure = insecure !== undefined && parseFlag(insecure.text) === true;
  const given = [file, pem, fingerprint, isInsecure ? insecure : undefined].filter((setting) => setting !== undefined);
  const [first, second] = given;
  if (first === undefined || second === undefined) return undefined;
  return atSetting(preferAttribute(first, second), {
    summary: "Contradicting certificate settings",
    detail: `${sourceOf(first)} and ${sourceOf(second)} are both set, and each says by itself how to trust the cluster's certificate. Keep one of ca_file, ca_pem, certificate_sha256 and insecure.`,
  });
}

function sourceOf({ name, variable }: Setting): string {
  return variable ?? name;
}

function preferAttribute(first: Setting, second: Setting): Setting {
  return second.variable === undefined ? second : first;
}
