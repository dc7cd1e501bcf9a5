import path from "node:path";
import type { Metafile } from "esbuild";

/** Where a build says of each program which packages are in it. It is for making a release, and not a part of the package. */
export const bundledPackagesFile = "bundled-packages.json";

/** The folder of the innermost package that a file is in, as lock files of npm name it. */
const packageFolder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/** The packages in each program, as lock files of npm name them: `node_modules/undici`. */
export type BundledPackages = Readonly<Record<string, readonly string[]>>;

/** Writes {@link BundledPackages} as JSON. */
export function renderBundledPackages(metafiles: readonly Metafile[]): string {
  const programs = metafiles
    .flatMap(({ outputs }) => Object.entries(outputs))
    .map(([output, { inputs }]) => [path.basename(output), packagesOf(Object.keys(inputs))] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(programs), undefined, 2)}\n`;
}

function packagesOf(inputs: readonly string[]): readonly string[] {
  return [...new Set(inputs.flatMap((input) => packageFolder.exec(input)?.[0] ?? []))].sort();
}
