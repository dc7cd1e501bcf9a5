import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { hostname } from "node:os";
import type { Secret } from "../../vocabulary/secret.ts";
import { ControlError } from "./control-error.ts";

/** Who may ask at a port. */
export interface PortGuard {
  readonly secret: Secret;
  /** The name or address that it listens at. */
  readonly host: string;
}

/**
 * Refuses what a web page sends, wherever it comes from: browsers say so in these headers, which pages cannot leave out.
 *
 * @throws {ControlError}
 */
export function refuseBrowsers(headers: IncomingHttpHeaders): void {
  const site = headers["sec-fetch-site"];
  if (headers.origin === undefined && (site === undefined || site === "none")) return;
  throw new ControlError(
    "cross_origin",
    "The control API answers no web page: a request from one has the header Origin or Sec-Fetch-Site. Ask from a program.",
  );
}

/**
 * Refuses a name of somebody else's domain that leads to this machine, and then whoever does not know the secret.
 *
 * @throws {ControlError}
 */
export function requireSecret(headers: IncomingHttpHeaders, { secret, host }: PortGuard): void {
  requireOwnHost(headers.host ?? "", host);
  const [, given = ""] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "") ?? [];
  if (timingSafeEqual(digest(given), digest(secret.reveal()))) return;
  throw new ControlError(
    "unauthorized",
    given === ""
      ? "The control API needs its bearer secret, in a header Authorization: Bearer …."
      : "That is not the bearer secret of this control API. A token of the cluster is not accepted here.",
  );
}

/** An address cannot lead elsewhere; of names, only the machine's own are known to be its own. */
function requireOwnHost(header: string, host: string): void {
  const name = header
    .replace(/:\d*$/, "")
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "")
    .toLowerCase();
  const own = ["localhost", host.toLowerCase(), hostname().toLowerCase()];
  if (isIP(name) !== 0 || name.endsWith(".localhost") || own.includes(name)) return;
  throw new ControlError(
    "unknown_host",
    `The header Host names ${JSON.stringify(name.slice(0, 80))}. Ask by an IP address, by localhost, or by the name of the machine, ${hostname()}.`,
  );
}

/** Of one length, whatever is compared. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
