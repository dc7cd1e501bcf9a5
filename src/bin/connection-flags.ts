import { type Command, CommanderError } from "commander";
import { wrongUsage } from "./command-error.ts";

/** How to reach a cluster, as flags. What is left out comes from the environment, by the provider's variables. */
export interface ConnectionFlags {
  readonly host?: string;
  readonly port?: string;
  readonly caFile?: string;
  readonly certificateSha256?: string;
  readonly insecure?: boolean;
}

/** Adds the flags of {@link ConnectionFlags} to a command, which ends with 2 when it is used wrongly. */
export function addConnectionOptions(command: Command): Command {
  return command
    .option("--host <host>", "host name or address of the cluster, without scheme and port (QUMULO_HOST)")
    .option("--port <n>", "port of the REST API (QUMULO_PORT; 8000 without either)")
    .option("--ca-file <file>", "certificate authority of the cluster, a PEM file (QUMULO_CA_FILE, QUMULO_CA_PEM)")
    .option(
      "--certificate-sha256 <hex>",
      "fingerprint of the cluster's certificate, which then needs no authority (QUMULO_CERTIFICATE_SHA256)",
    )
    .option("--insecure", "do not check the certificate (QUMULO_INSECURE)")
    .helpOption("--help", "show how to use this command")
    .exitOverride(({ exitCode, code, message }) => {
      throw new CommanderError(exitCode === 0 ? 0 : wrongUsage, code, message);
    });
}

/** What the help of a command with these flags says of its end. */
export const exitStatusHelp = `
Exit status: 0 when the cluster accepts the bearer token, and all that was asked for holds; 1 when not, or when that
cannot be found out; 2 for a missing or malformed flag or setting.`;
