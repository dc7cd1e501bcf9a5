import { cp, mkdir, symlink } from "node:fs/promises";
import path from "node:path";

/** Copies an example program to a folder of its own with its packages installed, as a user would have it. */
export async function installProgram(root: string, example: string, target: string): Promise<void> {
  await cp(path.join(root, "examples", example), target, {
    recursive: true,
    filter: (source) => !/cdktf\.out|node_modules|\.tfstate/.test(source),
  });
  await installPackages(root, target);
}

/** Installs what a program needs: links to the packages of this checkout, and to the checkout itself as `cdktf-qumulo`. */
export async function installPackages(root: string, target: string): Promise<void> {
  const packages = path.join(target, "node_modules");
  const programs = path.join(packages, ".bin");
  await mkdir(path.join(packages, "@cdktf"), { recursive: true });
  await mkdir(programs);
  for (const name of ["cdktf", "cdktf-cli", "constructs", "tsx", "@cdktf/provider-null"]) {
    await symlink(path.join(root, "node_modules", name), path.join(packages, name), "dir");
  }
  await symlink(root, path.join(packages, "cdktf-qumulo"), "dir");
  for (const name of ["cdktf", "tsx"]) {
    await symlink(path.join(root, "node_modules/.bin", name), path.join(programs, name));
  }
  await symlink(path.join(root, "dist/cdktf-qumulo.js"), path.join(programs, "cdktf-qumulo"));
}
