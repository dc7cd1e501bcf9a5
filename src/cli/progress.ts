import type { CommandContext } from "./command-error.ts";

/** Whether a command says what it is doing, also where nobody waits at a terminal. */
export interface ProgressFlags {
  readonly progress?: boolean;
}

/** Writes lines about what is being done to standard error, where somebody waits at a terminal or asks for them. */
export function progressTo({ progress }: ProgressFlags, context: CommandContext): (line: string) => void {
  if (progress !== true && context.isErrorTerminal !== true) return () => undefined;
  return (line) => {
    context.writeError(`${line}\n`);
  };
}
