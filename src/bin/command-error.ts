/** A command that cannot do what it was asked. Its message is for the person who asked, and says what to do. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** Where a command reads from and writes to. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Aborted when the person asks the command to end. */
  readonly stop: AbortSignal;
  /** Version of this package, and of the provider. */
  readonly version: string;
  /** The provider executable that `install` copies. */
  readonly providerFile: string;
}
