/**
 * Orders two version texts such as `1.12.6` by their three numbers, as a sort function does.
 *
 * A pre-release (`1.6.0-rc1`) comes before its release; two pre-releases of one release count as equal.
 */
export function compareVersions(left: string, right: string): number {
  const [leftParts, rightParts] = [parts(left), parts(right)];
  for (const [index, part] of leftParts.entries()) {
    const difference = part - (rightParts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function parts(version: string): readonly number[] {
  const [, major = "0", minor = "0", patch = "0", rest = ""] =
    /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(.*)$/.exec(version) ?? [];
  return [Number(major), Number(minor), Number(patch), rest.startsWith("-") ? -1 : 0];
}
