/** The first sentence of a description, and all that follows. */
export function splitPurpose(description: string): readonly [string, string] {
  const end = /[.!?](?= [A-Z`])/.exec(description);
  if (end === null) return [description, ""];
  return [description.slice(0, end.index + 1), description.slice(end.index + 2)];
}
