/** Half of a pair of UTF-16: not a character, and nothing that UTF-8 can say. */
const loneSurrogate = /\p{Surrogate}/u;

/** Whether a text is made of whole characters, so that it can be sent. */
export function isWellFormed(text: string): boolean {
  return !loneSurrogate.test(text);
}

/**
 * A text as one part of a path.
 *
 * @throws {TypeError} for a text with half a character; answers hold none, so that it does not come from the cluster
 */
export function pathSegment(text: string): string {
  if (!isWellFormed(text)) throw new TypeError("A name with half a character (a lone surrogate) cannot be sent.");
  // Alone, they would mean another folder.
  if (text === "." || text === "..") return text.replaceAll(".", "%2E");
  return encodeURIComponent(text);
}
