import { ConnectionError } from "../../client/connection-error.ts";
import type { Proxy } from "../../client/proxy.ts";
import { tlsConnector, type Trust } from "../../client/tls.ts";
import type { Address } from "../../connection/settings.ts";
import { renderLength } from "../../vocabulary/duration.ts";
import type { Check } from "./check.ts";

/** A certificate that was accepted. */
export interface AcceptedCertificate {
  readonly trust: Trust;
  readonly proxy: Proxy | undefined;
  readonly address: Address;
  /** By the cluster's clock. */
  readonly clusterNow: Date;
}

const id = "certificate";
const timeoutMs = 30_000;
/** An authority that renews by itself does so 30 days before the end: by now it has failed to for more than a week. */
const soonMs = 21 * 86_400_000;

/** Says why the certificate is accepted, and when that ends. */
export async function checkAcceptedCertificate(accepted: AcceptedCertificate): Promise<Check> {
  const { trust } = accepted;
  switch (trust.kind) {
    case "insecure":
      return {
        id,
        status: "attention",
        found: "It is not checked: anybody on the network in between can read the password or the bearer token.",
        todo: "Leave --insecure and QUMULO_INSECURE out to see the fingerprint, and give --certificate-sha256 or --ca-file.",
      };
    case "authorities":
      return withEnd(accepted, {
        found: "It is signed by an authority that is trusted here, and it contains the name of the host.",
        todo: "Renew it on the cluster before then: deploys are refused as soon as it has ended.",
      });
    case "fingerprint":
      return withEnd(accepted, {
        found: "It is the one whose fingerprint is pinned.",
        todo: "When it is renewed on the cluster, its fingerprint changes: deploys are refused until certificate_sha256 is the new one.",
      });
  }
}

async function withEnd(
  accepted: AcceptedCertificate,
  { found, todo }: { readonly found: string; readonly todo: string },
): Promise<Check> {
  const end = await findEnd(accepted);
  if (end === undefined) return { id, status: "works", found };
  // Where clocks differ, one of them is wrong: the later one warns in time.
  const leftMs = end.getTime() - Math.max(Date.now(), accepted.clusterNow.getTime());
  const instant = end.toISOString().replace(".000", "");
  const ends = leftMs > 0 ? `ends ${instant}, in ${renderLength(leftMs)}` : `ended ${instant}`;
  const isSoon = leftMs <= soonMs;
  return {
    id,
    status: isSoon ? "attention" : "works",
    found: `${found} It ${ends}.`,
    ...(isSoon ? { todo } : {}),
    facts: { not_after: instant },
  };
}

/** @returns `undefined` when the cluster does not take another connection, or writes the end in an unknown way */
async function findEnd({ trust, proxy, address }: AcceptedCertificate): Promise<Date | undefined> {
  try {
    const socket = await tlsConnector(trust, proxy)({ hostname: address.host, port: address.port, timeoutMs });
    const end = new Date(socket.getPeerCertificate().valid_to);
    socket.destroy();
    return Number.isNaN(end.getTime()) ? undefined : end;
  } catch (error) {
    if (error instanceof ConnectionError) return undefined;
    throw error;
  }
}
