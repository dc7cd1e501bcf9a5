/** The length of the longest text; 0 without any. */
export function widestOf(texts: readonly string[]): number {
  return texts.reduce((widest, { length }) => Math.max(widest, length), 0);
}
