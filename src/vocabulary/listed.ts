/** How a list is shown. */
export interface Listing {
  /**
   * So many are shown. A cluster or a plan may name as many as it likes.
   *
   * @default 10
   */
  readonly most?: number;
  /** @default ", " */
  readonly separator?: string;
}

const usualMost = 10;

/** Names in a sentence: `a, b, c and 997 more`. */
export function listed(names: readonly string[], { most = usualMost, separator = ", " }: Listing = {}): string {
  const rest = names.length - most;
  return `${names.slice(0, most).join(separator)}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** Lines of a list: the first ones, and one that says how many more there are. */
export function firstLines(lines: readonly string[], most: number): readonly string[] {
  const rest = lines.length - most;
  return rest > 0 ? [...lines.slice(0, most), `and ${rest} more`] : lines;
}
