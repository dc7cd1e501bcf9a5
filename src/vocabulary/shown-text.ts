/** Characters that end a line, move the cursor, or turn the direction of writing; and halves of characters. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
/** No text for people is longer: what is was made to hide something. */
const longestText = 2_000;

/**
 * A text of somebody else for people: in one line, with what cannot be seen written as its code point, and not longer
 * than can be read.
 *
 * Terminals, logs and CI services take some characters for commands, so that whoever chooses a name could forge lines,
 * hide others, or write to the clipboard.
 *
 * @param longest - how many characters are shown; what is left out is counted
 */
export function shown(text: string, longest: number = longestText): string {
  const rest = text.length - longest;
  const part = rest > 0 ? `${text.slice(0, longest)}… and ${rest} more characters` : text;
  return part.replaceAll(unseen, (character) => `<${codePoint(character)}>`);
}

/** One line of JSON, in which what cannot be seen is escaped. */
export function jsonLine(content: object): string {
  const escape = (unit: string): string => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  // Outside of strings there is nothing but ASCII in it.
  return `${JSON.stringify(content).replaceAll(unseen, (character) => character.split("").map(escape).join(""))}\n`;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
