import { type Command, Option } from "commander";
import type { CommandContext } from "../command-error.ts";
import { addConnectionOptions, connectionEnvironment, credentialsEnvironment } from "../connection-flags.ts";
import { addHelpSections } from "../help-text.ts";
import type { TokensFlags } from "./run.ts";

/** Adds the command `tokens`. What it needs is loaded only when it is asked for. */
export function addTokens(program: Command, context: CommandContext): void {
  const command = program
    .command("tokens")
    .description("list the access tokens of a cluster or of a fleet, whose they are, and when they end")
    .option("--clusters <file>", "ask each cluster of this file, instead of one")
    .option("--expiring <duration>", "only those that end within this time, such as 30d, or have ended")
    .option("--never-expires", "only those that never end")
    .option("--unused-slots", "only those that take one of a user's two slots and do not work: ended or disabled")
    .option("--of <user>", "only those of this user, as qq takes it: svc-backup, ad:svc, auth_id:1004")
    .option(
      "--state <file...>",
      "show which state manages each: FILE or NAME=FILE, what show -json prints, or a state file",
    )
    .addOption(
      new Option("--format <format>", "form of the list; prometheus is for the textfile collector")
        .choices(["text", "json", "csv", "prometheus"])
        .default("text"),
    )
    .option("--output <file>", "write the list to this file, whole (default: print it)")
    .option("--progress", "show what is read, also where nobody waits at a terminal")
    .option(
      "--credentials-file <file>",
      "sign in with the bearer token in this file, as qq writes it (QUMULO_CREDENTIALS_FILE); otherwise QUMULO_BEARER_TOKEN, or QUMULO_USERNAME and QUMULO_PASSWORD",
    );
  addConnectionOptions(command).action(async (flags: TokensFlags) => {
    const { runTokens } = await import("./run.ts");
    await runTokens(flags, context);
  });
  addHelpSections(command, {
    details: [
      "Tokens are listed in the order in which they end. Several of --expiring, --never-expires and --unused-slots are joined by or. The cluster does not record when a token was last used.",
      'A file of clusters is a JSON object with the settings of each by its name, spelled as in the provider: {"east": {"host": "east.example.com", "credentials_file": "east.json"}}. What is left out comes from the environment. Passwords and bearer tokens are refused there.',
    ],
    environment: { ...credentialsEnvironment, ...connectionEnvironment },
    exitStatus: {
      0: "all that was asked for is known; where some tokens are looked for, there are none",
      1: "there are tokens that end within --expiring, never end, or fill a slot without use",
      2: "something could not be read or written here, or a flag is missing, unknown or malformed",
      3: "a cluster could not be read, or the end of a token is not known; the output says which",
    },
    examples: [
      "cdktf-qumulo tokens --host cluster.example.com",
      "cdktf-qumulo tokens --clusters fleet.json --expiring 14d --never-expires",
      "cdktf-qumulo tokens --clusters fleet.json --state east=east/terraform.tfstate --format csv",
      "cdktf-qumulo tokens --format prometheus --output /var/lib/node_exporter/qumulo_access_tokens.prom",
    ],
  });
}
