import { shownText, unseen } from "../vocabulary/shown-text.ts";

/** As far as JSON does not escape them itself. */
const unseenInJson = new RegExp(unseen.source.replace("\\p{Cc}", "\\u007f-\\u009f"), "gu");

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
    .replace(unseenInJson, escaped)
    .replace(/#(?=#)/g, escaped)}\n`;
}
