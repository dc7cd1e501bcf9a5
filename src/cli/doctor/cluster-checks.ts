import { coreFeatures, firstCoreWith, isCoreWith } from "../../vocabulary/core-features.ts";
import { type CoreVersion, renderCoreVersion } from "../../vocabulary/core-version.ts";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { ClusterError } from "../../client/cluster-error.ts";
import type { Cluster } from "../../client/cluster.ts";
import { ConnectionError } from "../../client/connection-error.ts";
import type { Trust } from "../../client/tls.ts";
import { settingFaults } from "../../connection/check-settings.ts";
import { addressOf, oldCoreFault, unreachableFault } from "../../connection/connect.ts";
import { ConnectError, type Fault } from "../../connection/fault.ts";
import { findProxy, renderFoundProxy } from "../../connection/proxy.ts";
import type { FoundProxy, Address, Settings } from "../../connection/settings.ts";
import { findTrust } from "../../connection/trust.ts";
import { renderLength } from "../../vocabulary/duration.ts";
import { listed } from "../../vocabulary/listed.ts";
import type { CommandContext } from "../command-error.ts";
import { renderFlagFault } from "../setting-words.ts";
import { checkAccount } from "./account-checks.ts";
import { checkAcceptedCertificate } from "./certificate-check.ts";
import type { Check } from "./check.ts";

/** The checks of an account, for the types of resources that a deploy manages. */
export interface ClusterQuestion {
  readonly settings: Settings;
  readonly resources: readonly string[];
}

/**
 * Connects to the cluster step by step, as the provider does, until a step fails.
 *
 * @returns the checks that were made
 */
export async function checkCluster(question: ClusterQuestion, context: CommandContext): Promise<readonly Check[]> {
  const { settings } = question;
  const fault = settingFaults(settings)[0];
  if (fault !== undefined) return [{ id: "settings", status: "fails", ...renderFlagFault(fault) }];
  const address = addressOf(settings);
  const warnings: Fault[] = [];
  let trust: Trust;
  let proxy: FoundProxy | undefined;
  try {
    trust = await findTrust(settings, (warning) => warnings.push(warning));
    proxy = findProxy(settings, { address, environment: context.env });
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    return [{ id: "settings", status: "fails", ...renderFlagFault(error.fault) }];
  }
  const through = proxy === undefined ? "" : ` It is reached through the proxy ${renderFoundProxy(proxy)}.`;
  const [warning] = warnings;
  const settled: Check =
    warning === undefined
      ? { id: "settings", status: "works", found: `${shown(address)}.${through}` }
      : { id: "settings", status: "attention", ...renderFlagFault(warning) };
  const { openCluster } = await import("../../client/cluster.ts");
  const cluster = openCluster({ ...address, trust, proxy: proxy?.proxy, maxRetries: 0 });
  try {
    return [settled, ...(await checkOpenCluster({ cluster, trust, proxy, address, question }, context))];
  } finally {
    await cluster.close();
  }
}

interface OpenCluster {
  readonly cluster: Cluster;
  readonly trust: Trust;
  readonly proxy: FoundProxy | undefined;
  readonly address: Address;
  readonly question: ClusterQuestion;
}

async function checkOpenCluster(open: OpenCluster, context: CommandContext): Promise<readonly Check[]> {
  const { cluster, trust, proxy, address, question } = open;
  let version: CoreVersion | undefined;
  try {
    version = await cluster.until(context.stop).coreVersion();
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    return checksOfFailure(error, { address, proxy });
  }
  const certificate = await checkAcceptedCertificate({
    trust,
    proxy: proxy?.proxy,
    address,
    clusterNow: cluster.clock.now(),
  });
  const reached = [await hostThatAnswers(address), certificate];
  const core = checkCore(version, address);
  if (core.status === "fails") return [...reached, core];
  return [...reached, core, checkClock(cluster), ...(await checkAccount({ ...question, address }, context))];
}

function shown({ host, port }: Address): string {
  return `${host}, port ${port}`;
}

async function hostThatAnswers(address: Address): Promise<Check> {
  const { host } = address;
  const resolved = isIP(host) === 0 ? await lookup(host, { all: true }).catch(() => []) : [];
  const addresses = resolved.map((one) => one.address);
  const is = addresses.length === 0 ? "" : ` ${host} is ${listed(addresses)}.`;
  return { id: "host", status: "works", found: `${shown(address)} answers.${is}`, facts: { addresses } };
}

/** The failed check when no answer came: the connection to the host, or its certificate. */
function checksOfFailure(
  error: ClusterError,
  { address, proxy }: Pick<OpenCluster, "address" | "proxy">,
): readonly Check[] {
  const { found, todo } = renderFlagFault(unreachableFault(error, address, proxy));
  const { certificateSha256 } = error;
  if (certificateSha256 === undefined) return [{ id: "host", status: "fails", found, todo }];
  const host: Check = { id: "host", status: "works", found: `${shown(address)} accepts connections.` };
  const self = isSelfSigned(error) ? " It is self-signed: trust it by its fingerprint." : "";
  const facts = { sha256: certificateSha256 };
  return [host, { id: "certificate", status: "fails", found: found + self, todo, facts }];
}

function isSelfSigned({ cause }: ClusterError): boolean {
  // OpenSSL's name for a certificate that has signed itself.
  return cause instanceof ConnectionError && String(cause.cause).includes("DEPTH_ZERO_SELF_SIGNED_CERT");
}

function checkCore(version: CoreVersion | undefined, address: Address): Check {
  const id = "core";
  if (version === undefined) {
    const found = "The cluster's version is in an unknown form; it is assumed to be new enough.";
    return { id, status: "attention", found };
  }
  const tooOld = oldCoreFault(version, address);
  if (tooOld !== undefined) return { id, status: "fails", ...renderFlagFault(tooOld) };
  const text = renderCoreVersion(version);
  const lacks = (["tokenExpiration", "tokenEnabling"] as const)
    .filter((feature) => !isCoreWith(feature, version))
    .map((feature) => `${coreFeatures[feature].title} (from ${firstCoreWith(feature)})`);
  if (lacks.length === 0) return { id, status: "works", found: `Qumulo Core ${text}.`, facts: { version: text } };
  return {
    id,
    status: "attention",
    found: `Qumulo Core ${text}. It lacks ${lacks.join(", ")}.`,
    todo: "Upgrade the cluster if a configuration needs that.",
    facts: { version: text },
  };
}

const largestDifferenceMs = 60_000;

/** Compares the clocks: the cluster's decides when access tokens end, this machine's whether certificates are valid. */
function checkClock({ clock }: Cluster): Check {
  const id = "clock";
  const aheadMs = clock.now().getTime() - Date.now();
  const facts = { ahead_seconds: Math.round(aheadMs / 1_000) };
  if (Math.abs(aheadMs) <= largestDifferenceMs) {
    return { id, status: "works", found: "The cluster's clock and this machine's agree within a minute.", facts };
  }
  const side = aheadMs > 0 ? "ahead of" : "behind";
  return {
    id,
    status: "attention",
    found: `The cluster's clock is ${renderLength(Math.abs(aheadMs))} ${side} this machine's. Access tokens end by the cluster's clock.`,
    todo: "Set the clock that is wrong, or let both follow one time server (NTP).",
    facts,
  };
}
