/** Does the same for each, so many at a time, and gives the results in the order of the items. */
export async function fewAtATime<T, R>(
  items: readonly T[],
  atATime: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const left = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of left) results.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return [...results].toSorted(([first], [second]) => first - second).map(([, result]) => result);
}
