import { Argument, type Command } from "commander";
import type { CommandContext } from "../command-error.ts";
import { addHelpSections, wrongUsageStatus } from "../help-text.ts";
import type { CompletableProgram } from "./completable.ts";

const shells = ["bash", "zsh", "fish"] as const;

/** Adds the command `completion`. */
export function addCompletion(program: Command, context: CommandContext): void {
  const command = program
    .command("completion")
    .description("print a script that lets a shell complete commands, flags and values")
    .addArgument(new Argument("<shell>", "the shell that will read the script").choices(shells))
    .action(async (shell: (typeof shells)[number]) => {
      const { completableOf } = await import("./completable.ts");
      context.writeOut((await rendererOf(shell))(completableOf(program)));
    });
  addHelpSections(command, {
    details: [
      "The script contains all that it completes, and runs nothing else. Print it again after an update.",
      "Put the line for your shell into ~/.bashrc, ~/.zshrc (after compinit) or ~/.config/fish/config.fish.",
    ],
    exitStatus: { 0: "it is printed", ...wrongUsageStatus },
    examples: [
      "source <(cdktf-qumulo completion bash)",
      "source <(cdktf-qumulo completion zsh)",
      "cdktf-qumulo completion fish | source",
    ],
  });
}

async function rendererOf(shell: (typeof shells)[number]): Promise<(program: CompletableProgram) => string> {
  switch (shell) {
    case "bash":
      return (await import("./bash.ts")).renderBash;
    case "zsh":
      return (await import("./zsh.ts")).renderZsh;
    case "fish":
      return (await import("./fish.ts")).renderFish;
  }
}
