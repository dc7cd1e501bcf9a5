/** A turn of phrase that reads as translated, and what a person would write. */
export interface BannedPhrase {
  readonly pattern: RegExp;
  readonly instead: string;
}

/** Phrases that no text of this project uses. */
export const bannedPhrases: readonly BannedPhrase[] = [
  {
    // "There is no …", "that is no longer …" and the like are English.
    pattern:
      /(?<!\bthere\s+)\b(?:is|are|was|were)\s+(?:\* |\/\/ )?no(?=\s)(?!\s+(?:\* |\/\/ |> |- )?(?:longer|more|one|different|larger|older|newer|later|worse|better|less|need|good|reason|time in)\b)/gi,
    instead: '"is not a …"',
  },
  { pattern: /\bcannot be meant\b/gi, instead: '"is invalid"' },
  { pattern: /\bthe own\b/gi, instead: '"its own", or whose it is' },
  { pattern: /\bpass(?:es)? over\b/gi, instead: '"skips" or "bypasses"' },
  { pattern: /\b(?:users|members|roles|groups) who are gone\b/gi, instead: '"deleted users"' },
  {
    pattern: /\b(?:accepts?|works?|holds?|knows?|exists?)(?: \w+){0,3} no more\b(?! than\b)/gi,
    instead: '"no longer"',
  },
  { pattern: /\ban answer of the cluster\b/gi, instead: '"the cluster\'s answer"' },
];

/** Where phrases are looked for: all that people read. */
export const heldPlaces: readonly string[] = [
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "README.md",
  "SECURITY.md",
  "constructs/",
  "docs/",
  "examples/",
  "src/",
  "test/",
  "tools/",
];

/** This list, and the test of it, have the phrases in them. */
const exceptPlaces = ["tools/style/phrases.ts", "test/tools/style.test.ts"];

/** Whether the texts of a file are held to the list. */
export function isHeld(file: string): boolean {
  if (exceptPlaces.includes(file) || file.includes("/generated/") || !/\.(?:ts|md|cjs)$/.test(file)) return false;
  return heldPlaces.some((place) => (place.endsWith("/") ? file.startsWith(place) : file === place));
}

/** Where a text uses a banned phrase: one line for each, with what to write instead. */
export function phraseFaults(file: string, text: string): readonly string[] {
  return bannedPhrases.flatMap(({ pattern, instead }) =>
    [...text.matchAll(pattern)].map((match) => {
      const line = text.slice(0, match.index).split("\n").length;
      return `${file}:${line}: "${onOneLine(match[0])}": write ${instead}.`;
    }),
  );
}

/** A phrase as it reads, also where a line of a comment ends within it. */
function onOneLine(phrase: string): string {
  return phrase.trim().replace(/\s+(?:\* |\/\/ )?/g, " ");
}
