/**
 * Characters that end a line, move the cursor, turn the direction of writing, or are seen by nobody; and halves of
 * characters. What joins and chooses pictures may stay.
 */
export const unseen =
  /(?!\u200d\p{Extended_Pictographic}|(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufffe\uffff]/gu;

/**
 * What the log of a CI system takes for a command: `##[set-output …]` and `##vso[…]` anywhere in a line, and `::error …::`
 * where a line begins, which may be at any word of a text that is broken into lines. An address such as `::1` is none.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
const command = /#(?=#[\w.-]*\[)|(?<!\S):(?=:(?!\d))/g;

/** No text for people is longer: what is was made to hide something. */
const longestText = 2_000;

/**
 * A text in one line, with whatever steers a reader's eye, a terminal or the log of a CI system spelled out: whoever chooses
 * a name could forge lines, hide others, or write to the clipboard.
 *
 * @param spell - writes one character in words
 */
export function spellOut(text: string, spell: (character: string) => string): string {
  // Nearly all texts are nothing else.
  if (/^[ -~]*$/.test(text) && !text.includes("::") && !text.includes("##")) return text;
  return text.replaceAll(unseen, spell).replaceAll(command, spell);
}

/**
 * A text of somebody else for people: in one line, with what cannot be seen or commands something written as its code
 * point, and not longer than can be read.
 *
 * @param longest - how many characters are shown; what is left out is counted
 */
export function shown(text: string, longest: number = longestText): string {
  const rest = text.length - longest;
  const part = rest > 0 ? `${text.slice(0, longest)}… and ${rest} more characters` : text;
  return spellOut(part, (character) => `<${codePoint(character)}>`);
}

/**
 * A text as it may be shown, in one line: what would steer a reader's eye, a terminal or the log of a CI system is spelled
 * out, as `‹U+202E›`.
 */
export function shownText(text: string): string {
  return spellOut(text, (character) => `‹${codePoint(character)}›`);
}

/** One line of JSON, in which what cannot be seen is escaped. */
export function jsonLine(content: object): string {
  const escape = (unit: string): string => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  // Outside of strings there is nothing but ASCII in it.
  return `${JSON.stringify(content).replaceAll(unseen, (character) => character.split("").map(escape).join(""))}\n`;
}

/** The code point of a character: `U+202E`. */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
