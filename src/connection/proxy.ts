import { parseProxy, renderProxy } from "../client/proxy.ts";
import { checkProxy, noProxy } from "./check-settings.ts";
import { ConnectError } from "./fault.ts";
import { isProxyException } from "./no-proxy.ts";
import type { Address, Environment, FoundProxy, Place, Setting, Settings } from "./settings.ts";

/** Variables of all programs, in the order of most of them. Those of single providers come first: see {@link findProxy}. */
const proxyVariables = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] as const;
const exceptionVariables = ["NO_PROXY", "no_proxy"] as const;

/**
 * The proxy on the way to the cluster: that of the setting `proxy`; or else that of the environment, unless `NO_PROXY` names
 * the cluster or it is this machine.
 *
 * @returns `undefined` for a direct connection
 * @throws {ConnectError} when it is not an HTTP proxy
 */
export function findProxy(settings: Settings, place: Place): FoundProxy | undefined {
  const setting = settings.proxy ?? proxyOfEnvironment(place.address, place.environment);
  if (setting === undefined || setting.text === noProxy) return undefined;
  const fault = checkProxy(setting);
  if (fault !== undefined) throw new ConnectError(fault);
  const proxy = parseProxy(setting.text);
  return proxy && { proxy, setting };
}

function proxyOfEnvironment(address: Address, environment: Environment): Setting | undefined {
  const variable = firstSet(proxyVariables, environment);
  if (variable === undefined) return undefined;
  const exceptions = firstSet(exceptionVariables, environment);
  if (isProxyException(address, exceptions === undefined ? "" : (environment[exceptions] ?? ""))) return undefined;
  return { name: "proxy", text: (environment[variable] ?? "").trim(), variable };
}

function firstSet<Name extends string>(names: readonly Name[], environment: Environment): Name | undefined {
  return names.find((name) => (environment[name] ?? "").trim() !== "");
}

/** Where the proxy is and who named it, for people; its credentials are left out. */
export function renderFoundProxy({ proxy, setting }: FoundProxy): string {
  return `${renderProxy(proxy)} (${setting.variable ?? "proxy"})`;
}
