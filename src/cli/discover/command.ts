import type { Command } from "commander";
import type { CommandContext } from "../command-error.ts";
import { addConnectionOptions, connectionEnvironment, credentialsEnvironment } from "../connection-flags.ts";
import { addHelpSections, wrongUsageStatus } from "../help-text.ts";
import type { DiscoverFlags } from "./run.ts";

/** Adds the command `discover`. What it needs is loaded only when it is asked for. */
export function addDiscover(program: Command, context: CommandContext): void {
  const command = program
    .command("discover")
    .description("write code, with imports, for the accounts, roles and access tokens that a cluster has")
    .requiredOption(
      "--format <format>",
      "what to write: hcl for OpenTofu and Terraform, or a program: cdktf for CDKTF, cdktn for CDK Terrain",
    )
    .option("--output <dir>", "write into this folder; otherwise the code goes to standard output")
    .option("--force", "overwrite files in that folder")
    .option(
      "--name <pattern>",
      "only users, groups and roles with names like this, with their memberships and tokens; * stands for any text, ? for one character; may be repeated",
      append,
    )
    .option("--except <pattern>", "leave out those with names like this; may be repeated", append)
    .option(
      "--only <types>",
      "only these, separated by commas: users, groups, group-members, roles, role-members, access-tokens",
    )
    .option("--progress", "show what is being read, as on a terminal")
    .option(
      "--credentials-file <file>",
      "sign in with the bearer token in this file, as qq writes it (QUMULO_CREDENTIALS_FILE); otherwise QUMULO_BEARER_TOKEN, or QUMULO_USERNAME and QUMULO_PASSWORD",
    );
  addConnectionOptions(command).action(async (flags: DiscoverFlags) => {
    const { discover } = await import("./run.ts");
    await discover(flags, context);
  });
  addHelpSections(command, {
    details: [
      "The cluster is only read. What comes with every cluster is left alone. A plan of the code imports what is there, and changes nothing; what could not be read or written, and what somebody should look at, is printed to standard error.",
    ],
    environment: { ...credentialsEnvironment, ...connectionEnvironment },
    exitStatus: {
      0: "all that was asked for is written",
      1: "nothing is written",
      ...wrongUsageStatus,
      3: "something is missing from the code, since the login is not allowed to read it or code cannot express it",
    },
    examples: [
      "cdktf-qumulo discover --format hcl --output access",
      "cdktf-qumulo discover --format cdktf --output access --name 'svc-*'",
      "cdktf-qumulo discover --format hcl --only roles,role-members > roles.tf",
    ],
  });
}

function append(pattern: string, before: readonly string[] = []): readonly string[] {
  return [...before, pattern];
}
