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
      HOME: "where the folder is that both engines search by themselves",
      XDG_CONFIG_HOME: "moves the settings of OpenTofu, and with them the folder",
      XDG_DATA_HOME: "where the folder is then",
      TF_CLI_CONFIG_FILE: "a CLI configuration that may let engines skip these folders: then there is a warning",
    },
    exitStatus: { 0: "it is installed", 1: "it could not be installed", ...wrongUsageStatus },
    examples: ["cdktf-qumulo install", "cdktf-qumulo install --mirror /srv/terraform/providers"],
  });
}
