import type { ClusterError, ConnectionFault } from "../../client/cluster-error.ts";
import { renderProxy } from "../../client/proxy.ts";
import { DiagnosticError, type DiagnosticText } from "../../framework/diagnostics.ts";
import type { Secret } from "../../vocabulary/secret.ts";
import { errorCode } from "../../vocabulary/error-code.ts";
import { whatHappened } from "../cluster-diagnostics.ts";
import { accessTokenPrefix, claimedTokenId } from "../own-access-token.ts";
import type { FoundProxy } from "./proxy.ts";
import { type Address, atSetting, type Settings } from "./settings.ts";

/** Says why the first request did not reach a Qumulo cluster, and which setting to change. */
export function explainConnection(
  error: ClusterError,
  address: Address,
  proxy: FoundProxy | undefined,
): DiagnosticError {
  const text = proxy === undefined ? undefined : proxyText(error, address, proxy);
  return new DiagnosticError(text ?? connectionText(error, address), { cause: error });
}

const proxyFaults = ["proxy-unreachable", "proxy-authentication", "proxy-refused"] as const;
type ProxyFault = (typeof proxyFaults)[number];

function isProxyFault(fault: ConnectionFault): fault is ProxyFault {
  return proxyFaults.some((one) => one === fault);
}

/** Says what a proxy on the way has to do with it; `undefined` when nothing. */
function proxyText(error: ClusterError, { host, port }: Address, found: FoundProxy): DiagnosticText | undefined {
  const { proxy, setting } = found;
  const shown = renderProxy(proxy);
  const around = 'If the cluster is reached without a proxy, name it in NO_PROXY, or set proxy to "none".';
  switch (error.fault) {
    case "proxy-unreachable": {
      const reason = errorCode(error.cause instanceof Error ? error.cause.cause : undefined) ?? "no answer in time";
      return atSetting(setting, {
        summary: "Proxy cannot be reached",
        detail: `The way to ${host} leads through the proxy ${shown}, and no connection to that came about: ${reason}. Check the address of the proxy. ${around}`,
      });
    }
    case "proxy-authentication":
      return atSetting(setting, {
        summary: "Proxy asks for another login",
        detail: `The proxy ${shown} opens no way to ${host}: it ${proxy.credentials === undefined ? "wants to know who asks" : "does not take this user and password"} (407). Write them into the URL, as http://user:password@host:port, special characters percent-encoded; it takes Basic authentication. ${around}`,
      });
    case "proxy-refused":
      return atSetting(setting, {
        summary: "Proxy opens no way to the cluster",
        detail: `The proxy ${shown} answers ${error.proxyStatus ?? "otherwise"} when asked for ${host}, port ${port}. It may not reach the cluster, not know its name, or not allow this port. Check host and port, and ask who runs the proxy. ${around}`,
      });
    default:
      return undefined;
  }
}

/**
 * Says why the cluster does not take the credentials.
 *
 * @param bearerToken - the one that was tried; `undefined` for a login
 */
export function explainLogin(error: ClusterError, settings: Settings, bearerToken?: Secret): DiagnosticError {
  const { username, bearer_token: given, credentials_file: file } = settings;
  if (error.status !== 401) {
    const detail = `${whatHappened(error)} The cluster could be reached; log in to it in another way to see what it lacks.`;
    return new DiagnosticError({ summary: "Login to the cluster failed", detail }, { cause: error });
  }
  if (username !== undefined) {
    const text = {
      summary: "Login was rejected",
      detail: `The cluster does not take this password for the user "${username.text}". Check username and password. Where single sign-on is required, use bearer_token.`,
    };
    return new DiagnosticError(atSetting(username, text), { cause: error });
  }
  const what = given === undefined ? "the stored bearer token" : "bearer_token";
  const text = {
    summary: "Bearer token was rejected",
    detail: `The cluster does not take ${what}: it may have expired, or been disabled or deleted, or belong to another cluster.${originOf(bearerToken)} Give a valid one, for example from qq auth_create_access_token.`,
  };
  const setting = given ?? file;
  return new DiagnosticError(setting === undefined ? text : atSetting(setting, text), { cause: error });
}

/** Clusters answer the same whatever is wrong with a bearer token: this tells where to look. */
function originOf(bearerToken: Secret | undefined): string {
  if (bearerToken === undefined) return "";
  const id = claimedTokenId(bearerToken);
  if (id !== undefined) {
    return ` By what it says of itself it is that of access token ${id}: "qq auth_list_access_tokens" shows, to whoever may see it, whether that one has expired, is disabled or is gone.`;
  }
  if (bearerToken.reveal().startsWith(accessTokenPrefix)) return "";
  return ` It does not begin as those of access tokens do, with "${accessTokenPrefix}"; one of a login session ends some hours after the login.`;
}

function connectionText(error: ClusterError, address: Address): DiagnosticText {
  const { host, port } = address;
  if (error.fault !== undefined && !isProxyFault(error.fault))
    return faultText(error.fault, address, error.certificateSha256);
  switch (error.kind) {
    case "timeout":
      return {
        summary: "Cluster does not answer",
        detail: `${host} took the connection at port ${port} and did not answer in time. Check the cluster, or set a longer request_timeout.`,
        attribute: ["host"],
      };
    case "aborted":
      return { summary: "Connecting was stopped", detail: "The engine asked to stop. Run the same command again." };
    default:
      return {
        summary: "Not a Qumulo cluster",
        detail: `${whatHappened(error)} A Qumulo cluster answers this with its version. Check host "${host}" and port ${port}; the REST API is at port 8000 unless told otherwise.`,
        attribute: ["host"],
      };
  }
}

function faultText(
  fault: Exclude<ConnectionFault, ProxyFault>,
  address: Address,
  fingerprint: string | undefined,
): DiagnosticText {
  switch (fault) {
    case "untrusted":
    case "host-mismatch":
    case "expired":
    case "wrong-fingerprint":
      return certificateText(fault, address, fingerprint ?? "unknown");
    default:
      return reachText(fault, address);
  }
}

type CertificateFault = "untrusted" | "host-mismatch" | "expired" | "wrong-fingerprint";

function certificateText(fault: CertificateFault, address: Address, fingerprint: string): DiagnosticText {
  const { host, port } = address;
  const shown = `Its SHA-256 fingerprint is ${fingerprint}.`;
  const pin = `compare this fingerprint with the cluster's own and set certificate_sha256 to it`;
  switch (fault) {
    case "untrusted":
      return {
        summary: "Certificate of the cluster is not trusted",
        detail: `No known authority vouches for the certificate of ${host}, port ${port}. ${shown} Set ca_file or ca_pem to the authority that issued it; if it is self-signed, ${pin}. Nothing secret was sent.`,
      };
    case "host-mismatch":
      return {
        summary: "Certificate of the cluster is for another host",
        detail: `The certificate that port ${port} of ${host} shows does not name ${host}. ${shown} Set host to a name that is in the certificate, or ${pin}. Nothing secret was sent.`,
        attribute: ["host"],
      };
    case "expired":
      return {
        summary: "Certificate of the cluster is not valid now",
        detail: `The certificate of ${host}, port ${port}, has expired or is not valid yet. ${shown} Renew it on the cluster, and check the clock of this machine; until then, ${pin}. Nothing secret was sent.`,
      };
    case "wrong-fingerprint":
      return {
        summary: "Certificate of the cluster has another fingerprint",
        detail: `The certificate of ${host}, port ${port}, is not the pinned one. ${shown} If the cluster has a new certificate, ${pin}; if not, somebody may stand between. Nothing secret was sent.`,
        attribute: ["certificate_sha256"],
      };
  }
}

type ReachFault = Exclude<ConnectionFault, CertificateFault | ProxyFault>;

function reachText(fault: ReachFault, { host, port }: Address): DiagnosticText {
  switch (fault) {
    case "name-not-found":
      return {
        summary: "Host name is not known",
        detail: `No address is known for "${host}". Check the spelling of host, and the name server of this machine.`,
        attribute: ["host"],
      };
    case "refused":
      return {
        summary: "Cluster refused the connection",
        detail: `Nothing listens at port ${port} of ${host}. Check port, which is 8000 unless told otherwise, and host.`,
        attribute: ["port"],
      };
    case "no-route":
      return {
        summary: "Cluster cannot be reached",
        detail: `There is no way from this machine to ${host}, port ${port}. Check host and the network.`,
        attribute: ["host"],
      };
    case "connect-timeout":
      return {
        summary: "Cluster does not answer",
        detail: `No connection to ${host}, port ${port}, came about in time. Check host and port, and whether a firewall drops the connection.`,
        attribute: ["host"],
      };
    case "reset":
      return {
        summary: "Connection to the cluster broke",
        detail: `${host} took the connection at port ${port} and closed it. Check port, which is 8000 unless told otherwise, and what stands between.`,
        attribute: ["host"],
      };
    case "not-tls":
      return {
        summary: "Port does not speak HTTPS",
        detail: `Port ${port} of ${host} answers, but not with TLS. Check port; the REST API is at port 8000 unless told otherwise.`,
        attribute: ["port"],
      };
  }
}
