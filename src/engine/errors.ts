/**
 * Why an engine could not be had or did not do its work: none was found (`missing`), the named one does not serve
 * (`unusable`), Go is absent or too old (`toolchain`), building failed (`build`), a command of the engine failed
 * (`command`), or the caller stopped it (`interrupted`).
 */
export type EngineErrorReason = "missing" | "unusable" | "toolchain" | "build" | "command" | "interrupted";

/** What a finished program left behind. */
export interface ProgramResult {
  /** The exit status; `undefined` when a signal ended the program. */
  readonly exitCode: number | undefined;
  /** The signal that ended the program. */
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A failure of finding, building or running an engine. Its message says what to do next. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  /** What to branch on. */
  readonly reason: EngineErrorReason;
  /** What the failed program wrote, where one ran. */
  readonly result: ProgramResult | undefined;

  constructor(
    reason: EngineErrorReason,
    message: string,
    options?: ErrorOptions & { readonly result?: ProgramResult },
  ) {
    super(message, options);
    this.reason = reason;
    this.result = options?.result;
  }
}
