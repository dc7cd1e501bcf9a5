import { withoutUrlSecrets } from "../vocabulary/redaction.ts";
import { shown } from "../vocabulary/shown-text.ts";

const longestLine = 10_000;

/**
 * A command that cannot do what it was asked. Its message is for the person who asked, and says what to do. Names in it
 * may come from anywhere: none of them begins a line of its own, or reaches a terminal as a command.
 */
export class CommandError extends Error {
  override readonly name = "CommandError";
  /** What the program ends with. */
  readonly exitCode: number;

  /** @param message - one line, or several */
  constructor(
    message: string | readonly string[],
    { exitCode = 1, ...options }: ErrorOptions & { readonly exitCode?: number } = {},
  ) {
    const lines = typeof message === "string" ? [message] : message;
    super(lines.map((line) => shown(withoutUrlSecrets(line), longestLine)).join("\n"), options);
    this.exitCode = exitCode;
  }
}

/** The end of a command that has said all that there is to say, with an exit status of its own. */
export class CommandOutcome extends Error {
  override readonly name = "CommandOutcome";

  readonly exitCode: number;

  constructor(exitCode: number) {
    super("The command has ended");
    this.exitCode = exitCode;
  }
}

/** What a program ends with that was called in a way that is invalid, where 1 tells something else. */
export const wrongUsage = 2;

/** Where a command reads from and writes to. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** @default the process's own */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** The terminal that `writeOut` writes to; absent where it is none. */
  readonly terminal?: { readonly columns?: number; readonly isColored: boolean };
  /**
   * Whether `writeError` writes to a terminal, where somebody may be waiting.
   *
   * @default false
   */
  readonly isErrorTerminal?: boolean;
  /**
   * Aborted when the person asks the command to end. A command takes it when it begins what must end in order: before, the
   * person's wish ends the process at once.
   */
  readonly stop: AbortSignal;
  /** From here on the person's wish ends the process at once again: nothing is left that must end in order. */
  readonly releaseStop?: () => void;
  /** Version of this package, and of the provider. */
  readonly version: string;
  /** The provider executable that `install` copies. */
  readonly providerFile: string;
}
