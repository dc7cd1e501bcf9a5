/** The fewest insertions, deletions and replacements of single characters that turn one text into the other. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (const [row, character] of Array.from(left).entries()) {
    const current = [row + 1];
    for (const [column, other] of Array.from(right).entries()) {
      const replaced = (previous[column] ?? 0) + (character === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/**
 * The known name that a misspelled one probably meant, compared without regard to case.
 *
 * @returns `undefined` when no known name is near: more than a third of the characters would have to change
 */
export function nearestName(asked: string, known: Iterable<string>): string | undefined {
  return nearestNames(asked, known, 1)[0];
}

/** The known names that a misspelled one may have meant, nearest first; none of them when none is near. */
export function nearestNames(asked: string, known: Iterable<string>, most: number): readonly string[] {
  const wanted = asked.toUpperCase();
  const near: { readonly name: string; readonly distance: number }[] = [];
  for (const name of known) {
    // So many characters at least are too many or too few: no look at each of a very long text is needed.
    if (!isNear(Math.abs(asked.length - name.length), asked, name)) continue;
    const distance = editDistance(wanted, name.toUpperCase());
    if (isNear(distance, asked, name)) near.push({ name, distance });
  }
  return near
    .toSorted((left, right) => left.distance - right.distance)
    .slice(0, most)
    .map(({ name }) => name);
}

function isNear(distance: number, asked: string, name: string): boolean {
  return distance <= Math.max(asked.length, name.length) / 3;
}
