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

/** Ends a command with an exit status of its own, after it has printed everything itself. */
export class CommandOutcome extends Error {
  override readonly name = "CommandOutcome";

  readonly exitCode: number;

  constructor(exitCode: number) {
    super("The command has ended");
    this.exitCode = exitCode;
  }
}

/** The exit status of a command that was called in an invalid way, for commands in which 1 means something else. */
export const wrongUsage = 2;

/** Where a command reads from and writes to. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** @default the process's own */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /**
   * Whether somebody at a terminal can answer a question.
   *
   * @default false
   */
  readonly isInputTerminal?: boolean;
  /** The terminal that `writeOut` writes to; absent where it is none. */
  readonly terminal?: { readonly columns?: number; readonly isColored: boolean };
  /**
   * Whether `writeError` writes to a terminal, where somebody may be waiting.
   *
   * @default false
   */
  readonly isErrorTerminal?: boolean;
  /**
   * Aborted when the person asks the command to stop. Reading this property says that the command now has to stop in an orderly
   * way; before that, a request to stop ends the process at once.
   */
  readonly stop: AbortSignal;
  /**
   * Says that nothing needs to stop in an orderly way any more: from now on, a request to stop ends the process at once again.
   */
  readonly releaseStop?: () => void;
  /** Version of this package, and of the provider. */
  readonly version: string;
  /** The provider executable that `install` copies. */
  readonly providerFile: string;
}
