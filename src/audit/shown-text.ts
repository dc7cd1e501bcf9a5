/**
 * Control characters, halves of pairs, those that turn the direction of writing, and those that nobody sees, but for what
 * joins and chooses pictures.
 */
const invisible =
  /(?!\u200d\p{Extended_Pictographic}|(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufffe\uffff]/gu;
/** As far as JSON does not escape them itself. */
const invisibleInJson = new RegExp(invisible.source.replace("\\p{Cc}", "\\u007f-\\u009f"), "gu");

/**
 * What the log of a CI system takes for a command: `##[set-output …]` and `##vso[…]` anywhere in a line, and `::error …::`
 * where a line begins, which may be at any word of a text that is broken into lines.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
const command = /#(?=#[\w.-]*\[)|(?<!\S):(?=:)/g;

/**
 * A text as it may be shown, in one line: what would steer a reader's eye, a terminal or the log of a CI system is spelled
 * out, as `‹U+202E›`.
 */
export function shownText(text: string): string {
  // Nearly all texts are nothing else.
  if (/^[ -~]*$/.test(text) && !text.includes("::") && !text.includes("##")) return text;
  return text.replace(invisible, spelledOut).replace(command, spelledOut);
}

/** Names come from a cluster: a text as it may be shown, and of no more than this many characters. */
export function visible(text: string, most = 600): string {
  const characters = Array.from(text.slice(0, 2 * most + 2));
  return shownText(characters.length > most ? `${characters.slice(0, most).join("")}…` : text);
}

/** JSON for a file or a log: the same values, with whatever {@link shownText} spells out escaped. */
export function jsonText(value: unknown): string {
  const escaped = (text: string): string =>
    text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  // These characters are in its texts only, and no line of it begins with one.
  return `${JSON.stringify(value, undefined, 2)
    .replace(invisibleInJson, escaped)
    .replace(/#(?=#)/g, escaped)}\n`;
}

function spelledOut(character: string): string {
  return `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}›`;
}
