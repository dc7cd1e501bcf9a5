import { type Command, Option } from "commander";
import { neededPrivileges } from "../../provider/needed-privileges.ts";
import type { CommandContext } from "../command-error.ts";
import { addConnectionOptions, connectionEnvironment, credentialsEnvironment } from "../connection-flags.ts";
import { addHelpSections, wrongUsageStatus } from "../help-text.ts";
import type { DoctorFlags } from "./run.ts";

/** Adds the command `doctor`. What it needs is loaded only when it is asked for. */
export function addDoctor(program: Command, context: CommandContext): void {
  const command = program
    .command("doctor")
    .description("check everything that a deploy needs, from the engine to the privileges, and say what to fix");
  addConnectionOptions(command)
    .option("--credentials-file <file>", "log in with this file, as qq writes it (QUMULO_CREDENTIALS_FILE)")
    .addOption(
      new Option("--resource <type...>", "types of resources that the deploy manages (default: all)")
        .choices(Object.keys(neededPrivileges))
        .default([], "all"),
    )
    .option("--json", "print one line of JSON; schemas/doctor-report-1.json describes it")
    .action(async (flags: DoctorFlags) => {
      const { doctor } = await import("./run.ts");
      await doctor(flags, context);
    });
  addHelpSections(command, {
    details: [
      "Each check works (✓), works but needs attention (!), does not work (✗), or was not made because an earlier one does not work (-). Without a cluster, only this machine is checked. Nothing is changed.",
    ],
    environment: {
      TERRAFORM_BINARY_NAME: "the engine to check; otherwise tofu, then terraform on the PATH",
      TF_CLI_CONFIG_FILE: "the engine's CLI configuration; otherwise ~/.tofurc or ~/.terraformrc",
      ...connectionEnvironment,
      ...credentialsEnvironment,
    },
    exitStatus: { 0: "everything that was checked works", 1: "something does not work", ...wrongUsageStatus },
    examples: [
      "cdktf-qumulo doctor",
      "cdktf-qumulo doctor --host cluster.example.com --credentials-file deployer.json",
      "cdktf-qumulo doctor --resource qumulo_role qumulo_role_member --json",
    ],
  });
}
