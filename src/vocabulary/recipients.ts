/** A line of a recipients file of age that is neither empty nor a comment. */
export interface RecipientLine {
  /** Its number in the text, from 1 on. */
  readonly number: number;
  /** A public key, if all is well. */
  readonly text: string;
}

/** The lines that count in a text that is one public key, or an age recipients file. */
export function recipientLines(text: string): readonly RecipientLine[] {
  return text
    .split("\n")
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter((line) => line.text !== "" && !line.text.startsWith("#"));
}

/** Whether a text is a secret key of age, of one of its plugins, or of SSH, and is shown to nobody. */
export function isSecretKey(text: string): boolean {
  return /SECRET-KEY|AGE-PLUGIN-|PRIVATE KEY/i.test(text);
}
