/** Characters that end a line, move the cursor, or turn the direction of writing. */
const unseen = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const lineWidth = 76;
const mostListed = 10;

/** A text of the cluster for people: in one line, with what cannot be seen written as its code point. */
export function shown(text: string): string {
  return text.replaceAll(unseen, (character) => `<${codePoint(character)}>`);
}

/** Names with commas between; of many only the first ones, and how many more there are. */
export function listed(names: readonly string[]): string {
  const others = names.length - mostListed;
  return `${names.slice(0, mostListed).join(", ")}${others > 0 ? ` and ${others} more` : ""}`;
}

/** A sentence in lines of a comment, without what begins a comment. */
export function wrapped(sentence: string): readonly string[] {
  const lines: string[] = [];
  for (const word of sentence.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= lineWidth) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
