import { cp, mkdir, symlink } from "node:fs/promises";
import path from "node:path";

/** Where the packages of a program come from. */
export interface PackageSources {
  /** A checkout with its packages installed. */
  readonly root: string;
  /** The package `cdktf-qumulo`: the checkout itself, once it is built, or where npm has installed it. */
  readonly library: string;
}

/** Copies an example program to a folder of its own with its packages installed, as a user would have it. */
export async function installProgram(sources: PackageSources, example: string, target: string): Promise<void> {
  await cp(path.join(sources.root, "examples", example), target, {
    recursive: true,
    filter: (source) => !/cdktf\.out|node_modules|\.tfstate/.test(source),
  });
  await installPackages(sources, target);
}

/** Installs what a program needs, as links. */
export async function installPackages({ root, library }: PackageSources, target: string): Promise<void> {
  const packages = path.join(target, "node_modules");
  const programs = path.join(packages, ".bin");
  await mkdir(programs, { recursive: true });
  await linkPackages(root, packages, [...libraryPeers, "cdktf-cli", "tsx"]);
  await symlink(library, path.join(packages, "cdktf-qumulo"), "dir");
  for (const name of ["cdktf", "tsx"]) {
    await symlink(path.join(root, "node_modules/.bin", name), path.join(programs, name));
  }
  await symlink(path.join(library, "dist/cdktf-qumulo.js"), path.join(programs, "cdktf-qumulo"));
}

/** What a program brings along for `cdktf-qumulo`, so that both use the same. */
export const libraryPeers = ["cdktf", "constructs", "@cdktf/provider-null"] as const;

/** Links packages of a checkout into another folder of packages. */
export async function linkPackages(root: string, packages: string, names: readonly string[]): Promise<void> {
  await mkdir(path.join(packages, "@cdktf"), { recursive: true });
  for (const name of names) {
    await symlink(path.join(root, "node_modules", name), path.join(packages, name), "dir");
  }
}
