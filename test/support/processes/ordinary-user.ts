import { chown, readdir } from "node:fs/promises";
import { join } from "node:path";

/** An id that is nobody's, by custom. */
const nobody = 65_534;

/**
 * Does something as a user whom file permissions bind: where tests run as root, as another one, to whom the folder and
 * its files are given.
 */
export async function asOrdinaryUser<T>(folder: string, work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  for (const name of [".", ...(await readdir(folder))]) await chown(join(folder, name), nobody, nobody);
  process.seteuid?.(nobody);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
