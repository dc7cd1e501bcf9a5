import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Simulator } from "../../simulator/index.ts";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { CommandError } from "../command-error.ts";

/**
 * Does something while the certificate of a simulator is in a file, whose path is given from the root: the one that the
 * data folder keeps, otherwise one for this time only.
 *
 * @throws {CommandError} when it cannot be written
 */
export async function withCertificateFile(
  { certificateFile, certificatePem }: Pick<Simulator, "certificateFile" | "certificatePem">,
  use: (file: string) => Promise<void>,
): Promise<void> {
  if (certificateFile !== undefined) {
    await use(path.resolve(certificateFile));
    return;
  }
  const folder = await withReason(async () => mkdtemp(path.resolve(tmpdir(), "cdktf-qumulo-")));
  try {
    const file = path.join(folder, "ca.pem");
    await withReason(async () => writeFile(file, certificatePem));
    await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withReason<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    throw new CommandError(
      `The certificate cannot be written to the folder of temporary files, ${tmpdir()}: ${reasonOf(cause)}. Name another one with TMPDIR, or keep the cluster and its certificate with --data DIR.`,
      { cause },
    );
  }
}
