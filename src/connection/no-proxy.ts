import { BlockList, isIP } from "node:net";
import type { Address } from "./settings.ts";

const loopback = ["localhost", "127.0.0.0/8", "::1"] as const;

/**
 * Whether this value of `NO_PROXY` is about this address. It is read as Go's programs read it, engines and other providers
 * among them: names with all below them, addresses, ranges such as `10.0.0.0/8`, each with a port or without, and `*` for all.
 * The local machine is always an exception, without being named.
 */
export function isProxyException({ host, port }: Address, list: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  const entries = list.toLowerCase().split(/[\s,]+/);
  return [...loopback, ...entries].some((entry) => {
    const { named, namedPort } = parseEntry(entry);
    return (namedPort === undefined || namedPort === port) && isNamed(name, named);
  });
}

/** Separates a port from the name or address before it. A colon inside an IPv6 address does not begin a port. */
function parseEntry(entry: string): { readonly named: string; readonly namedPort: number | undefined } {
  const [, before = "", port] = /^(.*):(\d+)$/.exec(isIP(entry) === 6 ? "" : entry) ?? [];
  const named = port === undefined ? entry : before;
  return {
    named: named.replace(/^\[(.*)\]$/, "$1"),
    namedPort: port === undefined ? undefined : Number(port),
  };
}

function isNamed(name: string, named: string): boolean {
  if (named === "*") return true;
  const range = rangeOf(named);
  if (range !== undefined) return isIP(name) !== 0 && range.check(name, familyOf(name));
  const below = named.startsWith("*.") ? named.slice(1) : named;
  if (below.startsWith(".")) return name.endsWith(below);
  return below !== "" && (name === below || name.endsWith(`.${below}`));
}

/** The addresses of a range in CIDR form, or the one address; `undefined` for a name, and for what is neither. */
function rangeOf(text: string): BlockList | undefined {
  const [network = "", prefix] = text.split("/");
  if (isIP(network) === 0) return undefined;
  const longest = isIP(network) === 4 ? 32 : 128;
  const bits = prefix === undefined ? longest : Number(prefix);
  if (!Number.isInteger(bits) || bits < 0 || bits > longest) return undefined;
  const range = new BlockList();
  range.addSubnet(network, bits, familyOf(network));
  return range;
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 4 ? "ipv4" : "ipv6";
}
