import type { Command } from "commander";

/** How to reach a cluster, as flags. What is left out comes from the environment, by the provider's variables. */
export interface ConnectionFlags {
  readonly host?: string;
  readonly port?: string;
  readonly caFile?: string;
  readonly certificateSha256?: string;
  readonly insecure?: boolean;
}

/** Adds the flags of {@link ConnectionFlags} to a command. */
export function addConnectionOptions(command: Command): Command {
  return command
    .option("--host <host>", "host name or address of the cluster, without scheme and port (QUMULO_HOST)")
    .option("--port <n>", "port of the REST API (QUMULO_PORT; 8000 without either)")
    .option("--ca-file <file>", "certificate authority of the cluster, a PEM file (QUMULO_CA_FILE, QUMULO_CA_PEM)")
    .option(
      "--certificate-sha256 <hex>",
      "fingerprint of the cluster's certificate, which then needs no authority (QUMULO_CERTIFICATE_SHA256)",
    )
    .option("--insecure", "do not check the certificate (QUMULO_INSECURE)");
}

/** Variables that stand in for the flags of {@link ConnectionFlags}, and those that have no flag. */
export const connectionEnvironment = {
  QUMULO_HOST: "the value of --host, where that is left out",
  QUMULO_PORT: "the value of --port, where that is left out",
  QUMULO_CA_FILE: "the value of --ca-file, unless a flag is about the certificate",
  QUMULO_CA_PEM: "the authorities themselves, as PEM text",
  QUMULO_CERTIFICATE_SHA256: "the value of --certificate-sha256, unless a flag is about the certificate",
  QUMULO_INSECURE: "true for --insecure, unless a flag is about the certificate",
  QUMULO_PROXY:
    "HTTP proxy through which to reach the cluster, or none; it is never an argument, since it may contain a password",
  HTTPS_PROXY: "that proxy, where QUMULO_PROXY is not set and the cluster is not this machine; then ALL_PROXY",
  NO_PROXY: "hosts to reach without HTTPS_PROXY and ALL_PROXY, such as example.com,10.0.0.0/8",
  QUMULO_REQUEST_TIMEOUT: "how long one request may take, such as 10s (default: 30s)",
  QUMULO_MAX_RETRIES: "how many times a request is retried (default: 4)",
} as const;

/** Variables by which the provider logs in. */
export const credentialsEnvironment = {
  QUMULO_USERNAME: "name of the user to log in as",
  QUMULO_PASSWORD: "password of that user; it is never an argument",
  QUMULO_BEARER_TOKEN: "the bearer token of an access token, instead of a login",
  QUMULO_CREDENTIALS_FILE: "the value of --credentials-file; without any of these, what qq login has stored",
} as const;

/** The exit statuses of commands that check whether a bearer token works. */
export const verifyingStatus = {
  0: "the cluster accepts the bearer token, and everything that was asked for is true",
  1: "it does not, something is not true, or that cannot be found out",
} as const;
