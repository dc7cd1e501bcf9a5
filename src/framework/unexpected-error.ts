/** Where a line of a stack is in the program: the file's own name, line and column. */
const framePlace = /^ +at .*?([\w.-]{1,60}:\d+:\d+)\)?$/;

/** Enough to find the place, and its callers, in the program of that version. */
const mostPlaces = 3;

/**
 * What is known of something that was thrown and that nobody expected: the kind of error, and where it happened.
 *
 * The error's own message is left out: libraries and the language put values into theirs, which may be secrets, and as long
 * as they come.
 */
export function describeUnexpected(error: unknown): string {
  return error instanceof Error ? describe(error) : `something of the type ${typeof error} was thrown`;
}

function describe(error: Error): string {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const kind = [error.name, code].filter((word) => /^\w{1,40}$/.test(word));
  return [...kind, ...placesOf(error).map((place) => `at ${place}`)].join(" ");
}

/** The message stands before the places, and may have lines that look like some. */
function placesOf({ message, stack = "" }: Error): readonly string[] {
  const start = stack.indexOf(message);
  // A message that was changed afterwards is not in there, and where the first one ends is not known.
  if (start < 0) return [];
  const frames = stack.slice(start + message.length).split("\n");
  return frames.flatMap((line) => framePlace.exec(line)?.[1] ?? []).slice(0, mostPlaces);
}
