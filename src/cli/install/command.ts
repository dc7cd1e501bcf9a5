import type { Command } from "commander";
import type { CommandContext } from "../command-error.ts";
import { addHelpSections, wrongUsageStatus } from "../help-text.ts";
import type { InstallFlags } from "./run.ts";

/** Adds the command `install`. What it needs is loaded only when it is asked for. */
export function addInstall(program: Command, context: CommandContext): void {
  const command = program
    .command("install")
    .description("put the provider where OpenTofu and Terraform find it")
    .option("--mirror <dir>", "put it into this filesystem mirror instead, and print how to configure it")
    .action(async (flags: InstallFlags) => {
      const { install } = await import("./run.ts");
      await install(flags, context);
    });
  addHelpSections(command, {
    environment: {
      HOME: "holds the folder that both engines search by default",
      XDG_CONFIG_HOME: "where OpenTofu's settings are instead; the folder is then another",
      XDG_DATA_HOME: "holds the folder in that case",
      TF_CLI_CONFIG_FILE: "a CLI configuration; a warning says when it makes engines skip these folders",
    },
    exitStatus: { 0: "it is installed", 1: "it could not be installed", ...wrongUsageStatus },
    examples: ["cdktf-qumulo install", "cdktf-qumulo install --mirror /srv/terraform/providers"],
  });
}
