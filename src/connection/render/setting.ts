import { durationForm } from "../../vocabulary/duration.ts";
import type { MalformedSetting, SettingsFault } from "../fault.ts";
import type { Setting } from "../settings.ts";
import type { FaultText, Words } from "./words.ts";

/** A setting that cannot be read by itself: what it is, and what is accepted. */
export function malformedText(fault: MalformedSetting, words: Words): FaultText {
  const { text } = fault.setting;
  const own = words.given(fault.setting);
  switch (fault.kind) {
    case "host-malformed":
      return {
        summary: "Host is not a host name or address",
        detail: `${own} is "${text}". ${hostAdvice(fault, words)}`,
      };
    case "port-out-of-range":
      return {
        summary: "Port is out of range",
        detail: `${own} is ${text}. Give a whole number from 1 to 65535; clusters listen on 8000 by default.`,
      };
    case "bearer-token-malformed":
      return {
        summary: "Bearer token is invalid",
        detail: `${fault.reason} Give ${own} exactly as the cluster showed it, on one line.`,
      };
    case "fingerprint-malformed":
      return {
        summary: "Fingerprint is invalid",
        detail: `${own} is "${text}". Give the SHA-256 fingerprint of the cluster's certificate: 64 hexadecimal digits, with or without colons, as openssl x509 -noout -fingerprint -sha256 prints it.`,
      };
    case "pem-without-certificate":
      return {
        summary: `${own} holds no certificate`,
        detail: `Give the text of a PEM file, which begins with "-----BEGIN CERTIFICATE-----"; for the path of a file use ${words.name("ca_file")}.`,
      };
    case "flag-malformed":
      return { summary: `${own} is not a boolean`, detail: `${own} is "${text}". Give true or false.` };
    case "proxy-malformed":
      return {
        summary: "Proxy is not the address of an HTTP proxy",
        // The text is not shown: it may hold a password.
        detail: `${proxyComplaint(fault)} Give ${own} as "http://proxy.example.com:3128", with user:password@ before the host where the proxy asks for them, special characters percent-encoded; or "none" to go to the cluster directly.`,
      };
    case "timeout-malformed":
      return {
        summary: "Request timeout is not a duration",
        detail: `${own} is "${text}". Give ${durationForm}, longer than zero.`,
      };
    case "retries-out-of-range":
      return {
        summary: "Number of retries is out of range",
        detail: `${own} is ${text}. Give a whole number from 0 to ${fault.most}.`,
      };
  }
}

function proxyComplaint({ isSocks }: Extract<MalformedSetting, { kind: "proxy-malformed" }>): string {
  return isSocks ? "It is a SOCKS proxy, and only HTTP proxies are supported." : "It cannot be read.";
}

function hostAdvice({ meant }: Extract<MalformedSetting, { kind: "host-malformed" }>, words: Words): string {
  if (meant === undefined) return 'Give a name such as "cluster.example.com", or an address.';
  const host = words.assignment("host", meant.host);
  if (meant.port === undefined) return `Write ${host}, without scheme and path.`;
  return `Write ${host} and ${words.assignment("port", meant.port)}.`;
}

/** Settings that do not go together, or are not enough: which, and what to keep or to add. */
export function settingsText(fault: SettingsFault, words: Words): FaultText {
  const source = ({ name, variable }: Setting): string => variable ?? words.name(name);
  switch (fault.kind) {
    case "host-missing":
      return {
        summary: "No cluster to connect to",
        detail: `Set ${words.missing("host")} to the name or address of a cluster, such as "cluster.example.com".`,
        setting: "host",
      };
    case "login-incomplete":
      return {
        summary: `${words.name(fault.missing)} is missing`,
        detail: `A login needs both a user name and a password, and only ${source(fault.given)} is set. Set ${words.missing(fault.missing)} too.`,
        ...(fault.given.variable === undefined ? { setting: fault.given.name } : {}),
      };
    case "contradicting-credentials":
      return {
        summary: "Contradicting credentials",
        detail: `${fault.both.map(source).join(" and ")} are both set, and each is a login of its own. Keep one: ${words.name("username")} with ${words.name("password")}, or ${words.name("bearer_token")}, or ${words.name("credentials_file")}.`,
      };
    case "contradicting-trust":
      return {
        summary: "Conflicting certificate settings",
        detail: `${fault.both.map(source).join(" and ")} are both set, and each alone says how to trust the cluster's certificate. Keep one of ${words.name("ca_file")}, ${words.name("ca_pem")}, ${words.name("certificate_sha256")} and ${words.name("insecure")}.`,
      };
    case "credentials-missing": {
      const { address, stored } = fault;
      const looked =
        stored.kind === "unreadable"
          ? ` The credentials that qq stored in ${stored.path} cannot be used: ${stored.reason}`
          : "";
      return {
        summary: "No credentials for the cluster",
        detail: `Set ${words.waysToLogIn}, or run "qq --host ${address.host} --port ${address.port} login".${looked}`,
      };
    }
  }
}
