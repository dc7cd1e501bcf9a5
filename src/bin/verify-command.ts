import type { Command } from "commander";
import type { CommandContext } from "./command-error.ts";
import { addConnectionOptions, exitStatusHelp } from "./connection-flags.ts";
import type { VerifyFlags } from "./verify.ts";

/** Adds the command `verify`. What it needs is loaded only when it is asked for. */
export function addVerify(program: Command, context: CommandContext): void {
  const command = program
    .command("verify")
    .description("check that a bearer token works, and tell whose it is, what it may do and when it ends")
    .option(
      "--credentials-file <file>",
      "take the bearer token from this file, as qq writes it (QUMULO_CREDENTIALS_FILE); otherwise QUMULO_BEARER_TOKEN has it",
    );
  addConnectionOptions(command)
    .option("--expect-user <name>", "fail when the bearer token is another user's")
    .option("--valid-for <duration>", "fail when it ends sooner, such as 30d or 12h")
    .option("--json", "print one line of JSON")
    .addHelpText("after", `${exitStatusHelp}${examples}`)
    .action(async (flags: VerifyFlags) => {
      const { verify } = await import("./verify.ts");
      await verify(flags, context);
    });
}

const examples = `

Examples:
  $ QUMULO_HOST=cluster.example.com QUMULO_BEARER_TOKEN=… cdktf-qumulo verify
  $ cdktf-qumulo verify --host cluster.example.com --credentials-file ~/.config/backup/qumulo.json
  $ cdktf-qumulo verify --expect-user svc-backup --valid-for 14d --json`;
