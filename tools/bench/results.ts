import { appendFileSync } from "node:fs";

/** One number that a benchmark has found, and what it is held to. */
export interface Result {
  readonly what: string;
  readonly got: number;
  readonly bar: number;
  /** What it is to come to, where that is more than the bar asks for. */
  readonly aim?: number;
  /** Whether `bar` and `aim` are the most or the least. */
  readonly kind: "at most" | "at least";
}

/** The file to which results go as well, one line of JSON each: `npm run bench` makes its table of them. */
export const resultsVariable = "BENCH_RESULTS";
/** The exit status of a benchmark that has measured everything, where a bar is missed. Any other but 0 is that of a failure. */
export const missedStatus = 3;

/** Whether a result is as it should be. What is not a number never is. */
export function holds({ got, bar, kind }: Result): boolean {
  return kind === "at most" ? got <= bar : got >= bar;
}

/** Prints a result, and lets the process fail when it does not hold. */
export function report(result: Result): void {
  const { what, got, bar, kind } = result;
  process.stdout.write(`${what}: ${got.toFixed(2)} (${kind} ${bar}): ${holds(result) ? "holds" : "does not hold"}\n`);
  const file = process.env[resultsVariable];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(result)}\n`);
  if (!holds(result)) process.exitCode = missedStatus;
}
