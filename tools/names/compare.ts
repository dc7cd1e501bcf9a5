/** How the names that are there differ from those that are recorded. */
export interface NamesCompared {
  /** Recorded, and not there any more: whoever uses them is broken. */
  readonly gone: readonly string[];
  /** There, and not recorded yet. */
  readonly added: readonly string[];
}

/** Compares names, one a line, with those that are there. */
export function compareNames(recorded: readonly string[], there: readonly string[]): NamesCompared {
  const [before, now] = [new Set(recorded), new Set(there)];
  return {
    gone: [...before].filter((name) => !now.has(name)),
    added: [...now].filter((name) => !before.has(name)),
  };
}

/** What to do about names that are gone; `undefined` when none is. */
export function explainGone({ gone }: NamesCompared, file: string): string | undefined {
  if (gone.length === 0) return undefined;
  return `These names are gone or have changed, and other people's programs, configurations and pipelines use them:
${gone.map((name) => `  ${name}`).join("\n")}
Keep each working beside what replaces it, as docs/stability.md promises. If it has to go in this version, delete its line from
${file} by hand, and say in the changelog what to use instead.
`;
}
