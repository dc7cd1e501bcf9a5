import type { Command } from "commander";
import type { CommandContext } from "../command-error.ts";
import { addConnectionOptions, connectionEnvironment, verifyingStatus } from "../connection-flags.ts";
import { addHelpSections, wrongUsageStatus } from "../help-text.ts";
import type { DeliverFlags } from "./run.ts";

/** Adds the command `deliver`. What it needs is loaded only when it is asked for. */
export function addDeliver(program: Command, context: CommandContext): void {
  const command = program
    .command("deliver")
    .description("check that the cluster accepts the bearer token in QUMULO_BEARER_TOKEN, then pass it on")
    .option("--command <text>", "run this with sh; it finds the bearer token in QUMULO_BEARER_TOKEN")
    .option(
      "--credentials-file <file>",
      "write it into this file, as qq does, readable by its owner only; readers see the whole old file or the whole new one",
    );
  addConnectionOptions(command).action(async (flags: DeliverFlags) => {
    const { deliver } = await import("./run.ts");
    await deliver(flags, context);
  });
  addHelpSections(command, {
    details: [
      "Nothing is written or run when the cluster rejects the bearer token or cannot be reached: what was delivered before stays.",
      "What the command prints is printed with [redacted] in place of the bearer token, of the login that the provider uses, and of the values of the variables that QUMULO_DELIVERY_SECRETS names. Its standard input is empty, and no login is in its environment: no QUMULO_USERNAME, QUMULO_PASSWORD, QUMULO_CREDENTIALS_FILE or QUMULO_IMPORT_BEARER_TOKEN, unless QUMULO_DELIVERY_SECRETS names it.",
    ],
    environment: {
      QUMULO_BEARER_TOKEN: "the bearer token; it is never an argument",
      QUMULO_DELIVERY_SECRETS: "names of variables, separated by commas, whose values are not printed",
      ...connectionEnvironment,
    },
    exitStatus: { ...verifyingStatus, ...wrongUsageStatus },
    examples: [
      "cdktf-qumulo deliver --credentials-file /etc/backup/qumulo.json",
      // Without `tr`, the line break that printenv adds would become a part of what is stored.
      `cdktf-qumulo deliver --command 'printenv QUMULO_BEARER_TOKEN | tr -d "\\n" | vault kv put secret/backup token=-'`,
      "cdktf-qumulo deliver --command './restart-backup.sh'",
    ],
  });
}
