/** A folder with more files side by side is a corridor: it needs rooms. */
export const mostFiles = 20;

/** Folders that may have more, and why. Take one out as soon as it has rooms. */
export const crowdedFolders: Readonly<Record<string, string>> = {
  constructs: "one file for each construct, where its reader looks for it; rooms are to come",
  "docs/audit/rules": "one page for each rule, by its name",
  "docs/decisions": "one page for each decision, by its number; README.md is the index",
  "src/audit/rules": "one file for each rule, by its name; registry.ts is the index",
  "src/client": "rooms are to come",
  "src/framework": "rooms are to come",
  "src/plugin/protocol6": "one file for each kind of message; rooms are to come",
  "src/simulator/http": "one file for each part of the way from a request to its answer; rooms are to come",
  "src/vocabulary": "words that share nothing but that they import nothing",
  "test/acceptance": "one file for each story on real engines",
  "test/audit/plans": "one file for each recorded plan, by its engine",
  "test/provider": "mirrors src/provider; rooms are to come",
};

/** Folders with too many files directly in them, and exceptions that are none any more: one line for each. */
export function folderFaults(files: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const file of files) {
    const folder = file.slice(0, Math.max(0, file.lastIndexOf("/")));
    // The root holds what tools look for there.
    if (folder !== "") counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const crowded = [...counts].filter(([folder, count]) => count > mostFiles && !(folder in crowdedFolders));
  const over = Object.keys(crowdedFolders).filter((folder) => (counts.get(folder) ?? 0) <= mostFiles);
  return [
    ...crowded.map(
      ([folder, count]) => `${folder} has ${count} files side by side, more than ${mostFiles}: give it rooms.`,
    ),
    ...over.map((folder) => `${folder} has at most ${mostFiles} files: take it out of the exceptions.`),
  ];
}
