import type { Command } from "commander";
import type { CommandContext } from "../command-error.ts";
import { addConnectionOptions, connectionEnvironment, verifyingStatus } from "../connection-flags.ts";
import { addHelpSections, wrongUsageStatus } from "../help-text.ts";
import type { VerifyFlags } from "./run.ts";

/** Adds the command `verify`. What it needs is loaded only when it is asked for. */
export function addVerify(program: Command, context: CommandContext): void {
  const command = program
    .command("verify")
    .description("check that a bearer token works, and show whose it is, what it may do and when it ends")
    .option(
      "--credentials-file <file>",
      "take the bearer token from this file, as qq writes it (QUMULO_CREDENTIALS_FILE); otherwise QUMULO_BEARER_TOKEN has it",
    );
  addConnectionOptions(command)
    .option("--expect-user <name>", "fail when the bearer token is another user's")
    .option("--valid-for <duration>", "fail when it ends sooner than in this time, such as 30d or 12h")
    .option("--quiet", "print nothing when all is well, for health checks")
    .option("--json", "print one line of JSON")
    .action(async (flags: VerifyFlags) => {
      const { verify } = await import("./run.ts");
      await verify(flags, context);
    });
  addHelpSections(command, {
    details: [
      "A health check needs no more than the exit status: add --quiet, and --valid-for to be told before the token ends. QUMULO_REQUEST_TIMEOUT and QUMULO_MAX_RETRIES limit how long it takes.",
    ],
    environment: {
      QUMULO_BEARER_TOKEN: "the bearer token; it is never an argument",
      QUMULO_CREDENTIALS_FILE: "the value of --credentials-file, where that is left out",
      ...connectionEnvironment,
    },
    exitStatus: { ...verifyingStatus, ...wrongUsageStatus },
    examples: [
      "QUMULO_BEARER_TOKEN=$(tofu output -raw backup_token) cdktf-qumulo verify --host cluster.example.com",
      "cdktf-qumulo verify --host cluster.example.com --credentials-file ~/.config/backup/qumulo.json",
      "cdktf-qumulo verify --expect-user svc-backup --valid-for 14d --json",
      "QUMULO_MAX_RETRIES=0 QUMULO_REQUEST_TIMEOUT=5s cdktf-qumulo verify --valid-for 3d --quiet",
    ],
  });
}
