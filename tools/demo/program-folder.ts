import { cp, mkdir, symlink } from "node:fs/promises";
import path from "node:path";

/**
 * Copies an example program to a folder of its own with its packages installed, as a user would have it.
 *
 * The packages are links to those of this checkout, and `cdktf-qumulo` is the checkout itself.
 */
export async function installProgram(root: string, example: string, target: string): Promise<void> {
  await cp(path.join(root, "examples", example), target, {
    recursive: true,
    filter: (source) => !/cdktf\.out|node_modules|\.tfstate/.test(source),
  });
  const packages = path.join(target, "node_modules");
  await mkdir(packages);
  for (const name of ["cdktf", "cdktf-cli", "constructs", "tsx"]) {
    await symlink(path.join(root, "node_modules", name), path.join(packages, name), "dir");
  }
  await symlink(root, path.join(packages, "cdktf-qumulo"), "dir");
  await symlink(path.join(root, "node_modules", ".bin"), path.join(packages, ".bin"), "dir");
}
