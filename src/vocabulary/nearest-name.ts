/**
 * The fewest slips that turn one text into the other: a character left out, added or replaced, or two neighbors swapped.
 *
 * This is the optimal string alignment distance: of each row, only the two before it are needed.
 */
function editDistance(left: string, right: string): number {
  const [from, to] = [Array.from(left), Array.from(right)];
  let beforePrevious: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, character] of from.entries()) {
    const current = [row + 1];
    for (const [column, other] of to.entries()) {
      const replaced = at(previous, column) + (character === other ? 0 : 1);
      const isSwap = character === to[column - 1] && other === from[row - 1];
      const swapped = isSwap ? at(beforePrevious, column - 1) + 1 : replaced;
      current.push(Math.min(replaced, swapped, at(previous, column + 1) + 1, at(current, column) + 1));
    }
    [beforePrevious, previous] = [previous, current];
  }
  return at(previous, to.length);
}

function at(distances: readonly number[], index: number): number {
  return distances[index] ?? 0;
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
