/** A platform, in the words that provider packages have from Go. */
export interface Platform {
  readonly os: "darwin" | "linux" | "windows";
  readonly arch: "amd64" | "arm64";
}

/** The platforms that a release is made for. */
export const platforms: readonly Platform[] = [
  { os: "darwin", arch: "amd64" },
  { os: "darwin", arch: "arm64" },
  { os: "linux", arch: "amd64" },
  { os: "linux", arch: "arm64" },
  { os: "windows", arch: "amd64" },
];

/** What npm and Node call these. */
export const nodeSystems = { darwin: "darwin", linux: "linux", windows: "win32" } as const;
export const nodeArchitectures = { amd64: "x64", arm64: "arm64" } as const;

/** The platform as file names spell it: `linux_amd64`. */
export function platformName({ os, arch }: Platform): string {
  return `${os}_${arch}`;
}

/** How the names of programs end there. */
export function executableEnding({ os }: Platform): string {
  return os === "windows" ? ".exe" : "";
}

/** Whether the script form can be started there. Windows starts only executables. */
export function hasScriptForm({ os }: Platform): boolean {
  return os !== "windows";
}

/**
 * Whether the registries' archive of a platform holds a self-contained executable. Others hold the script form: macOS
 * starts only executables that are signed there.
 */
export function isSelfContained({ os }: Platform): boolean {
  return os !== "darwin";
}

/** @throws {Error} for the name of a platform that no release is made for */
export function parsePlatform(name: string): Platform {
  const found = platforms.find((platform) => platformName(platform) === name);
  if (found !== undefined) return found;
  throw new Error(`There is no release for ${name}, only for ${platforms.map(platformName).join(", ")}.`);
}
