import { readdir } from "node:fs/promises";
import path from "node:path";

/** A provider that stands in a filesystem mirror. */
export interface InstalledProvider {
  readonly version: string;
  /** The executable, or the archive that holds it. */
  readonly file: string;
  readonly isPacked: boolean;
}

/** Which provider, for which machine. */
export interface ProviderTarget {
  /** Source address with its host. */
  readonly source: string;
  /** As provider packages name it, such as `linux_amd64`. */
  readonly platform: string;
}

/** Finds all versions of a provider for one platform in a filesystem mirror, unpacked or packed. */
export async function findInstalled(
  mirror: string,
  { source, platform }: ProviderTarget,
): Promise<readonly InstalledProvider[]> {
  const folder = path.join(mirror, ...source.split("/"));
  const names = await listNames(folder);
  const ending = `_${platform}.zip`;
  const start = `${executableName(source)}_`;
  const found = names.map(async (name): Promise<InstalledProvider | undefined> => {
    if (name.startsWith(start) && name.endsWith(ending)) {
      return { version: name.slice(start.length, -ending.length), file: path.join(folder, name), isPacked: true };
    }
    const file = await findExecutable(path.join(folder, name, platform), source);
    return file === undefined ? undefined : { version: name, file, isPacked: false };
  });
  return (await Promise.all(found)).filter((provider) => provider !== undefined);
}

/** Finds the executable of a provider in a folder, whatever version its name says. */
export async function findExecutable(folder: string, source: string): Promise<string | undefined> {
  const start = executableName(source);
  const name = (await listNames(folder)).find((one) => one === start || one.startsWith(`${start}_`));
  return name === undefined ? undefined : path.join(folder, name);
}

function executableName(source: string): string {
  return `terraform-provider-${path.posix.basename(source)}`;
}

async function listNames(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).toSorted();
}
