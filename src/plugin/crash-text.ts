import { describeUnexpected } from "../framework/unexpected-error.ts";

/** One line about an error that nobody expected, for whoever reports it, without the error's own message. */
export function crashText(program: string, error: unknown): string {
  return `${program} met an unexpected error: ${describeUnexpected(error)}. Please report this line to its developers, with the version of ${program} and what was done.`;
}
