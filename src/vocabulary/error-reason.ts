/** Behind what is wrong with a file, Node names the call and the file, which may be one that nobody knows. */
const fileCall = /^(E[A-Z0-9]+: [^,]+), \w+(?: '.*)?$/s;

/** What a caught error says, for the rest of a sentence: a file's name, which the sentence gives already, is left out. */
export function reasonOf(error: unknown): string {
  // Not by class: what the system throws is of no class of this realm where a test runner has realms of its own.
  const isError = typeof error === "object" && error !== null && "message" in error;
  return String(isError ? error.message : error).replace(fileCall, "$1");
}
