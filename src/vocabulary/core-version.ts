/** A version of Qumulo Core: three or four numbers, most significant first. */
export type CoreVersion = readonly number[];

/** Reads a version such as `Qumulo Core 7.8.2` or `5.3.3.1`: what follows the last blank. */
export function parseCoreVersion(text: string): CoreVersion | undefined {
  const numbers = text.trim().split(/\s+/).at(-1) ?? "";
  return /^\d+(\.\d+){1,4}$/.test(numbers) ? numbers.split(".").map(Number) : undefined;
}

/** A version as people write it, such as `7.8.2`. */
export function renderCoreVersion(version: CoreVersion): string {
  return version.join(".");
}

/** Whether one version is older than another, number by number; what is left out is 0. */
export function isOlderVersion(version: CoreVersion, than: CoreVersion): boolean {
  for (let place = 0; place < Math.max(version.length, than.length); place += 1) {
    const difference = (version[place] ?? 0) - (than[place] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
