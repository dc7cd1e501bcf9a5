/** What a {@link SimulatorError} is about: what it was asked for, or where it was to run. */
export type SimulatorErrorKind = "option" | "place";

/** A simulator that cannot start. */
export class SimulatorError extends Error {
  override readonly name = "SimulatorError";
  /** What it is about, to branch on. */
  readonly kind: SimulatorErrorKind;

  constructor(kind: SimulatorErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
