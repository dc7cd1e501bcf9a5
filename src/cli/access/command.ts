import type { Command } from "commander";
import { addSourceOptions, sourceEnvironment, type SourceFlags, sourceStatus } from "../access-source/flags.ts";
import type { CommandContext } from "../command-error.ts";
import { addHelpSections } from "../help-text.ts";

/** Adds the command `access`. What it needs is loaded only when it is asked for. */
export function addAccess(program: Command, context: CommandContext): void {
  const command = program
    .command("access")
    .description("show all access of one identity in a plan, a state, a seed or a cluster, and how it comes to it")
    .argument(
      "<identity>",
      "such as svc-backup, local:svc-backup, auth_id:1004, a SID, or the address of its resource",
    );
  addSourceOptions(command).action(async (identity: string, file: string | undefined, flags: SourceFlags) => {
    const { runAccess } = await import("./run.ts");
    await runAccess({ identity, file }, flags, context);
  });
  addHelpSections(command, {
    details: [
      "It shows roles and privileges and how the identity comes to them, access tokens and when they end, and what the identity could gain beyond that. In a plan, + marks what is new and - what goes away.",
    ],
    environment: sourceEnvironment,
    exitStatus: sourceStatus({ 1: "nobody there has that name, or several have" }),
    examples: [
      "cdktf-qumulo access svc-backup plan.json",
      "cdktf-qumulo access local:svc-backup --host cluster.example.com",
      "cdktf-qumulo access auth_id:1004 state.json --format html --output svc.html",
    ],
  });
}
