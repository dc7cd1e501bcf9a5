import { requestExport, type SimulatorAddress } from "../../simulator/export-socket.ts";
import { exportStoredCluster, findOwnerAddress, StoreError } from "../../simulator/index.ts";
import { ForeignFolderError } from "../../simulator/private-folder.ts";
import { renderSeed } from "../../simulator/seeds/seed-file.ts";
import { type CommandContext, CommandError } from "../command-error.ts";
import { writeWholeFile } from "../whole-file.ts";

/** Which cluster is exported, and where to. */
export interface ExportFlags extends SimulatorAddress {
  /** `-` for standard output. */
  readonly export: string;
  readonly data?: string;
}

/**
 * Writes a seed of a cluster: of the one in a folder, whether a simulator runs it or not, or of a running one.
 *
 * @throws {CommandError} when there is no such cluster, or the file cannot be written
 */
export async function exportCluster(flags: ExportFlags, context: CommandContext): Promise<void> {
  const text = flags.data === undefined ? await readRunning(flags) : await readStored(flags.data);
  if (flags.export === "-") context.writeOut(text);
  // It holds hashes of secrets: for this user alone.
  else await writeWholeFile({ flag: "--export", file: flags.export, text, mode: 0o600 });
}

async function readRunning({ host, port }: SimulatorAddress): Promise<string> {
  const text = await requestOwn({ host, port });
  if (text !== undefined) return text;
  throw new CommandError(
    `No simulator of this user runs at ${host} port ${port}. Name its port with --port N, its address with --host ADDRESS, or a stored cluster with --data DIR.`,
  );
}

async function requestOwn(address: SimulatorAddress): Promise<string | undefined> {
  try {
    return await requestExport(address);
  } catch (error) {
    if (!(error instanceof ForeignFolderError)) throw error;
    throw new CommandError(
      `${error.message}: another user may be listening there, so the cluster is not asked. Remove that folder, or set TMPDIR to another folder of temporary files, for the simulator as well.`,
      { cause: error },
    );
  }
}

async function readStored(folder: string): Promise<string> {
  try {
    return renderSeed(await exportStoredCluster(folder));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const owner = error.problem === "in-use" ? await findOwnerAddress(folder) : undefined;
    const text = owner === undefined ? undefined : await requestOwn(owner);
    if (text !== undefined) return text;
    throw new CommandError(error.message, { cause: error });
  }
}
