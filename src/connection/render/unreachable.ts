import type { ConnectionFault } from "../../client/cluster-error.ts";
import { renderProxy } from "../../client/proxy.ts";
import { errorCode } from "../../vocabulary/error-code.ts";
import type { ClusterFault, UnreachableReason } from "../fault.ts";
import { describeFailure } from "./answer.ts";
import type { FaultText, Words } from "./words.ts";

type Unreachable = Extract<ClusterFault, { kind: "unreachable" }>;
type CertificateReason = "untrusted" | "host-mismatch" | "expired" | "wrong-fingerprint";
type ProxyReason = Extract<ConnectionFault, `proxy-${string}`>;
type AnswerReason = "busy" | "not-qumulo";
type PlainReason = Exclude<UnreachableReason, CertificateReason | ProxyReason | AnswerReason>;

/** Says why the first request did not reach a Qumulo cluster, and which setting to change. */
export function unreachableText(fault: Unreachable, words: Words): FaultText {
  const { reason } = fault;
  switch (reason) {
    case "proxy-unreachable":
    case "proxy-authentication":
    case "proxy-refused":
      return proxyText(reason, fault, words);
    case "untrusted":
    case "host-mismatch":
    case "expired":
    case "wrong-fingerprint":
      return certificateText(reason, fault, words);
    case "busy":
    case "not-qumulo":
      return answerText(reason, fault, words);
    default:
      return plainText(reason, fault, words);
  }
}

function proxyText(reason: ProxyReason, { address, proxy: found, error }: Unreachable, words: Words): FaultText {
  const { host, port } = address;
  const shown = found === undefined ? "on the way" : renderProxy(found.proxy);
  const around = `If the cluster is reached without a proxy, name it in NO_PROXY, or set ${words.name("proxy")} to "none".`;
  switch (reason) {
    case "proxy-unreachable": {
      const code = errorCode(error.cause instanceof Error ? error.cause.cause : undefined) ?? "no answer in time";
      return {
        summary: "Proxy cannot be reached",
        detail: `${host} is reached through the proxy ${shown}, which did not accept a connection: ${code}. Check the address of the proxy. ${around}`,
      };
    }
    case "proxy-authentication": {
      const complaint =
        found?.proxy.credentials === undefined
          ? "asks for a user and a password"
          : "does not accept this user and password";
      return {
        summary: "Proxy requires a valid login",
        detail: `The proxy ${shown} refuses to connect to ${host}: it ${complaint} (407). Put them into the URL, as http://user:password@host:port, with special characters percent-encoded; only Basic authentication is supported. ${around}`,
      };
    }
    case "proxy-refused":
      return {
        summary: "Proxy refuses to connect to the cluster",
        detail: `The proxy ${shown} answers ${error.proxyStatus ?? "otherwise"} when asked for ${host}, port ${port}. It may be unable to reach the cluster or to resolve its name, or it may not allow this port. Check ${words.name("host")} and ${words.name("port")}, and ask whoever runs the proxy. ${around}`,
      };
  }
}

function certificateText(reason: CertificateReason, { address, error }: Unreachable, words: Words): FaultText {
  const { host, port } = address;
  const shown = `Its SHA-256 fingerprint is ${error.certificateSha256 ?? "unknown"}.`;
  const pin = `compare this fingerprint with the cluster's own and set ${words.name("certificate_sha256")} to it`;
  switch (reason) {
    case "untrusted":
      return {
        summary: "Cluster certificate is not trusted",
        detail: `The certificate of ${host}, port ${port}, is not signed by an authority that is trusted here. ${shown} Set ${words.name("ca_file")} or ${words.name("ca_pem")} to the certificate of the authority that issued it; if it is self-signed, ${pin}. Nothing secret was sent.`,
      };
    case "host-mismatch":
      return {
        summary: "Cluster certificate is for another host",
        detail: `The certificate of ${host}, port ${port}, does not contain the name ${host}. ${shown} Set ${words.name("host")} to a name that is in the certificate, or ${pin}. Nothing secret was sent.`,
        setting: "host",
      };
    case "expired":
      return {
        summary: "Cluster certificate is not valid now",
        detail: `The certificate of ${host}, port ${port}, has expired or is not valid yet. ${shown} Renew it on the cluster, and check the clock of this machine; until then, ${pin}. Nothing secret was sent.`,
      };
    case "wrong-fingerprint":
      return {
        summary: "Cluster certificate has another fingerprint",
        detail: `The certificate of ${host}, port ${port}, is not the pinned one. ${shown} If the cluster has a new certificate, ${pin}; if not, somebody may be intercepting the connection. Nothing secret was sent.`,
        setting: "certificate_sha256",
      };
  }
}

function plainText(reason: PlainReason, { address }: Unreachable, words: Words): FaultText {
  const { host, port } = address;
  const [hostName, portName] = [words.name("host"), words.name("port")];
  switch (reason) {
    case "name-not-found":
      return {
        summary: "Host name cannot be resolved",
        detail: `No address was found for "${host}". Check the spelling of ${hostName}, and the DNS settings of this machine.`,
        setting: "host",
      };
    case "refused":
      return {
        summary: "Cluster refused the connection",
        detail: `Nothing listens on port ${port} of ${host}. Check ${portName}, which is 8000 by default, and ${hostName}.`,
        setting: "port",
      };
    case "no-route":
      return {
        summary: "Cluster cannot be reached",
        detail: `This machine cannot reach ${host}, port ${port}. Check ${hostName} and the network.`,
        setting: "host",
      };
    case "connect-timeout":
      return {
        summary: "Cluster does not answer",
        detail: `No connection to ${host}, port ${port}, was made in time. Check ${hostName} and ${portName}, and whether a firewall drops the connection.`,
        setting: "host",
      };
    case "timeout":
      return {
        summary: "Cluster does not answer",
        detail: `${host} accepted the connection on port ${port} and did not answer in time. Check the cluster, or set a longer ${words.name("request_timeout")}.`,
        setting: "host",
      };
    case "reset":
      return {
        summary: "Connection to the cluster was lost",
        detail: `${host} accepted the connection on port ${port} and closed it. Check ${portName}, which is 8000 by default, and any proxy or firewall in between.`,
        setting: "host",
      };
    case "not-tls":
      return {
        summary: "Port does not speak HTTPS",
        detail: `Port ${port} of ${host} answers, but not with TLS. Check ${portName}; the REST API is on port 8000 by default.`,
        setting: "port",
      };
    case "aborted":
      return { summary: "Connecting was stopped", detail: `${words.stopped}Run the same command again.` };
  }
}

/** Something answers that is not a cluster, or not one that can answer now. */
function answerText(reason: AnswerReason, { address, error }: Unreachable, words: Words): FaultText {
  const { host, port } = address;
  const [hostName, portName] = [words.name("host"), words.name("port")];
  switch (reason) {
    case "busy":
      return {
        summary: "Cluster cannot answer now",
        detail: `${describeFailure(error)} It may be busy, starting or failing: check its health, and run the same command again later. If it is another device that answers, check ${hostName} "${host}" and ${portName} ${port}.`,
        setting: "host",
      };
    case "not-qumulo":
      return {
        summary: "Not a Qumulo cluster",
        detail: `${describeFailure(error)} A Qumulo cluster would answer with its version. Check ${hostName} "${host}" and ${portName} ${port}; the REST API is on port 8000 by default.`,
        setting: "host",
      };
  }
}
