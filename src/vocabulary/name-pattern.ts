/** Says whether a name is meant by a pattern: `*` stands for any text, `?` for any character. Case does not count, as on the cluster. */
export function matcherOf(pattern: string): (name: string) => boolean {
  const parts = pattern
    .replaceAll(/\*+/g, "*")
    .replaceAll(/[.+^${}()|[\]\\/]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const form = new RegExp(`^${parts}$`, "isu");
  return (name) => form.test(name);
}
