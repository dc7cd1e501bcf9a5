/** Where a line of a stack is in the program: the file's own name, line and column. */
const framePlace = /^ +at .*?([^\\/():\s]+:\d+:\d+)\)?$/;

/** Enough to find the place, and its callers, in the program of that version. */
const mostPlaces = 3;

/**
 * One line about an error that nobody expected, for whoever reports it.
 *
 * It names the kind of error and where it happened. The error's own message is left out: libraries and the language put
 * values into theirs, which may be secrets.
 */
export function crashText(program: string, error: unknown): string {
  const what = error instanceof Error ? describe(error) : `something of the type ${typeof error} was thrown`;
  return `${program} met an error that it did not expect: ${what}. Please report this line to its developers, with the version of ${program} and what was done.`;
}

function describe(error: Error): string {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const kind = [error.name, code].filter((word) => /^\w+$/.test(word));
  return [...kind, ...placesOf(error).map((place) => `at ${place}`)].join(" ");
}

/** The message stands before the places, and may have lines that look like some. */
function placesOf({ message, stack = "" }: Error): readonly string[] {
  const frames = stack.slice(stack.indexOf(message) + message.length).split("\n");
  return frames.flatMap((line) => framePlace.exec(line)?.[1] ?? []).slice(0, mostPlaces);
}
