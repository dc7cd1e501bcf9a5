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
  QUMULO_HOST: "what --host says, where it is left out",
  QUMULO_PORT: "what --port says, where it is left out",
  QUMULO_CA_FILE: "what --ca-file says, where no flag is about the certificate",
  QUMULO_CA_PEM: "the authorities themselves, as PEM text",
  QUMULO_CERTIFICATE_SHA256: "what --certificate-sha256 says, where no flag is about the certificate",
  QUMULO_INSECURE: "true for what --insecure says, where no flag is about the certificate",
  QUMULO_PROXY: "HTTP proxy on the way to the cluster, or none; it is never an argument, since it may hold a password",
  HTTPS_PROXY: "that proxy, where QUMULO_PROXY is not set and the cluster is not this machine; then ALL_PROXY",
  NO_PROXY: "for what HTTPS_PROXY and ALL_PROXY do not count, such as example.com,10.0.0.0/8",
  QUMULO_REQUEST_TIMEOUT: "how long one request may take, such as 10s (default: 30s)",
  QUMULO_MAX_RETRIES: "how often a request is tried again (default: 4)",
} as const;

/** Variables by which the provider logs in. */
export const credentialsEnvironment = {
  QUMULO_USERNAME: "name of the user to log in as",
  QUMULO_PASSWORD: "password of that user; it is never an argument",
  QUMULO_BEARER_TOKEN: "the bearer token of an access token, instead of a login",
  QUMULO_CREDENTIALS_FILE: "what --credentials-file says; without any of these, what qq login has stored",
} as const;

/** How the commands end that ask whether a bearer token works. */
export const verifyingStatus = {
  0: "the cluster accepts the bearer token, and all that was asked for holds",
  1: "not so, or it cannot be found out",
} as const;
