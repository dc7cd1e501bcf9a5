import { X509Certificate } from "node:crypto";
import { findVariable } from "./environment.ts";

/** What the engine's environment asks of a plugin. */
export interface HandshakeRequest {
  /** The only certificate that may connect; without it the connection is plain. */
  readonly clientCertificate: X509Certificate | undefined;
}

/** Why a plugin cannot serve whoever started it. */
export class HandshakeError extends Error {
  override readonly name = "HandshakeError";
  /** Whether an engine started the process: it shows the first line of standard output to the practitioner. */
  readonly isForEngine: boolean;

  constructor(message: string, isForEngine: boolean, cause?: unknown) {
    super(message, { cause });
    this.isForEngine = isForEngine;
  }
}

/** Where the plugin listens. */
export interface ListenAddress {
  readonly network: "unix" | "tcp";
  /** Absolute path of a socket, or `127.0.0.1:port`. */
  readonly address: string;
}

/** Set by every engine, so that a plugin can tell an engine from a person. It is not a secret. */
const magicCookie = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const coreProtocol = 1;
const appProtocol = 6;
const oldestNodeMajor = 20;

/**
 * Reads what the engine asks for.
 *
 * @throws {HandshakeError} when no engine started the process, or one that this provider cannot serve
 */
export function readHandshake(env: NodeJS.ProcessEnv, programName: string): HandshakeRequest {
  if (env["TF_PLUGIN_MAGIC_COOKIE"] !== magicCookie) throw new HandshakeError(startedByHand(programName), false);
  assertNode(programName);
  assertProtocol(findVariable(env, "PLUGIN_PROTOCOL_VERSIONS"), programName);
  const pem = findVariable(env, "PLUGIN_CLIENT_CERT");
  return { clientCertificate: pem === undefined ? undefined : parseCertificate(pem) };
}

/** The one line on standard output that tells the engine where to connect, with its line end. */
export function handshakeLine({ network, address }: ListenAddress, certificateDer: Buffer | undefined): string {
  const certificate = certificateDer?.toString("base64").replaceAll("=", "") ?? "";
  return `${[coreProtocol, appProtocol, network, address, "grpc", certificate].join("|")}\n`;
}

/** A list such as `5,6` in any order; engines that are too old to send one take what they get. */
function assertProtocol(offered: string | undefined, programName: string): void {
  if (offered === undefined) return;
  if (offered.split(",").some((version) => Number(version) === appProtocol)) return;
  throw new HandshakeError(
    `${programName} speaks plugin protocol ${appProtocol}, and the engine offers ${offered}. ` +
      "Use OpenTofu 1.6 or later, or Terraform 1.5 or later.",
    true,
  );
}

function assertNode(programName: string): void {
  const version = process.versions.node;
  if (Number.parseInt(version, 10) >= oldestNodeMajor) return;
  throw new HandshakeError(
    `${programName} needs Node.js ${oldestNodeMajor} or later on the PATH; it was started with ${version}.`,
    true,
  );
}

/** A server would take nonsense without a word, and then refuse everybody. */
function parseCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new HandshakeError("PLUGIN_CLIENT_CERT, which the engine sets, holds no certificate.", true, error);
  }
}

function startedByHand(programName: string): string {
  return [
    `${programName} is a provider: OpenTofu and Terraform start it themselves when a configuration needs it.`,
    "Name it under required_providers and run your engine. To attach a debugger, start it with --debug.",
  ].join("\n");
}
