import type { Command } from "commander";
import type { CommandContext } from "../command-error.ts";
import { addSourceOptions, sourceEnvironment, type SourceFlags, sourceStatus } from "../access-source/flags.ts";
import { addHelpSections } from "../help-text.ts";

/** Adds the command `who-can`. What it needs is loaded only when it is asked for. */
export function addWhoCan(program: Command, context: CommandContext): void {
  const command = program
    .command("who-can")
    .description("show who holds a privilege in a plan, a state, a seed or a cluster, and how")
    .argument("<privilege>", "such as PRIVILEGE_ROLE_WRITE, or role_write");
  addSourceOptions(command).action(async (privilege: string, file: string | undefined, flags: SourceFlags) => {
    const { runWhoCan } = await import("./run.ts");
    await runWhoCan({ privilege, file }, flags, context);
  });
  addHelpSections(command, {
    details: [
      "It is held through roles, through groups, or by being the built-in administrator. Whoever does not hold it but can gain it, for example by changing roles, is listed apart. In a plan, + marks what is new and - what goes away.",
    ],
    environment: sourceEnvironment,
    exitStatus: sourceStatus({}),
    examples: [
      "cdktf-qumulo who-can PRIVILEGE_ROLE_WRITE plan.json",
      "cdktf-qumulo who-can file_full_access --host cluster.example.com",
      "tofu show -json | cdktf-qumulo who-can PRIVILEGE_DEBUG - --format json",
    ],
  });
}
