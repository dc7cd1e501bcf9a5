/** Pages that are read before anybody knows whether the rest is for them, and how many words they may have. */
export const mostWords: Readonly<Record<string, number>> = { "README.md": 900 };

/** Whether a page is too long: one line that says by how much. */
export function lengthFaults(file: string, text: string): readonly string[] {
  const most = mostWords[file];
  const count = text.split(/\s+/).filter((word) => word !== "").length;
  if (most === undefined || count < most) return [];
  return [`${file} has ${count} words; it must have fewer than ${most}: move what belongs into docs/, and link to it.`];
}
