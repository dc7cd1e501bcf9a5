/**
 * Why a store on disk cannot be used: another process has it, its content is not what was written, it is of another
 * program or a newer version, the system refuses access, a change could not be written, or admin's password is unknown.
 */
export type StoreProblem =
  "in-use" | "damaged" | "foreign" | "newer" | "inaccessible" | "not-written" | "password-unknown";

/** A store on disk that cannot be opened, or could not keep a change. The message says what to do. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  /** Why it cannot be used, to branch on. */
  readonly problem: StoreProblem;

  constructor(problem: StoreProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.problem = problem;
  }
}
