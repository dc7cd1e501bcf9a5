import type { Fault } from "../fault.ts";
import type { Setting } from "../settings.ts";
import { requestText } from "./answer.ts";
import { fileText } from "./file.ts";
import { loginText } from "./login.ts";
import { malformedText, settingsText } from "./setting.ts";
import { unreachableText } from "./unreachable.ts";
import type { FaultText, Words } from "./words.ts";

/** Puts a fault into words: what failed, what was met, what to do, and the setting at fault. */
export function renderFault(fault: Fault, words: Words): FaultText {
  const text = textOf(fault, words);
  const setting = settingOf(fault);
  if (setting === undefined) return text;
  if (setting.variable === undefined) return { ...text, setting: setting.name };
  return { ...text, detail: `The value comes from the environment variable ${setting.variable}. ${text.detail}` };
}

/** The one setting at fault. */
function settingOf(fault: Fault): Setting | undefined {
  if ("setting" in fault) return fault.setting;
  const isOfProxy = fault.kind === "unreachable" && fault.reason.startsWith("proxy-");
  return isOfProxy ? fault.proxy?.setting : undefined;
}

// eslint-disable-next-line complexity -- nothing but one call for each kind, and the compiler sees that none is missing
function textOf(fault: Fault, words: Words): FaultText {
  switch (fault.kind) {
    case "host-missing":
    case "contradicting-credentials":
    case "contradicting-trust":
    case "login-incomplete":
    case "credentials-missing":
      return settingsText(fault, words);
    case "credentials-file-unusable":
    case "ca-file-unreadable":
    case "authorities-unreadable":
    case "authority-weak":
    case "authority-old":
    case "certificate-unchecked":
      return fileText(fault, words);
    case "unreachable":
      return unreachableText(fault, words);
    case "core-too-old":
      return {
        summary: "Qumulo Core is too old",
        detail: `The cluster at ${fault.address.host} runs Qumulo Core ${fault.version.join(".")}, and access tokens need ${fault.oldest.join(".")} or later. Upgrade the cluster.`,
        setting: "host",
      };
    case "login-rejected":
    case "bearer-token-rejected":
    case "login-failed":
      return loginText(fault, words);
    case "request-failed":
      return requestText(fault.error, fault.attempt, words);
    default:
      return malformedText(fault, words);
  }
}
