import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { AuditError, type ClusterFacts, decodeShownJson } from "../../audit/index.ts";
import { emptyState } from "../../audit/questions/read-access.ts";
import { reasonOf } from "../../vocabulary/error-reason.ts";
import { type ClusterFlags, readAllFacts, readClusterFacts } from "../audit/cluster.ts";
import { type CommandContext, CommandError, wrongUsage } from "../command-error.ts";
import { settingsOf } from "../connect.ts";
import { isSeed, readSeedFacts } from "./seed.ts";

const unreadable = 2;

/** Where access is looked up. */
export interface AccessSource {
  /** For people: the file, `standard input`, or the host of a cluster. */
  readonly name: string;
  readonly kind: "document" | "seed" | "cluster";
  /** What an engine printed; a state without anything in it where there is none. */
  readonly document: unknown;
  readonly facts: readonly ClusterFacts[];
}

/**
 * Reads a plan, a state or a seed, or the cluster of flags and environment where no file is named.
 *
 * @param file - `-` for standard input
 * @throws {CommandError} with status 2 when it cannot be read
 */
export async function readSource(
  file: string | undefined,
  flags: ClusterFlags,
  context: CommandContext,
): Promise<AccessSource> {
  if (file === undefined) {
    if (settingsOf(flags, context.env).host === undefined) throw nothingToRead();
    const { host, facts } = await readAllFacts(flags, context);
    return { name: host, kind: "cluster", document: emptyState, facts: [facts] };
  }
  const name = file === "-" ? "standard input" : file;
  const document = await readDocument(file, name, context);
  if (!isSeed(document)) {
    return { name, kind: "document", document, facts: await readClusterFacts(flags, context) };
  }
  if (flags.cluster === true) {
    throw new CommandError(`${name} is a seed, which describes a whole cluster. Leave out --cluster, or name a plan.`, {
      exitCode: wrongUsage,
    });
  }
  return {
    name,
    kind: "seed",
    document: emptyState,
    facts: [await readSeedFacts(document, file === "-" ? undefined : file)],
  };
}

function nothingToRead(): CommandError {
  const advice = "Name a file with a plan, a state or a seed, or give --host (QUMULO_HOST) for a cluster.";
  return new CommandError(`No plan, state, seed or cluster was given. ${advice}`, { exitCode: wrongUsage });
}

async function readDocument(file: string, name: string, context: CommandContext): Promise<unknown> {
  const bytes = await readBytes(file, context);
  return readingOf({ name }, () => decodeShownJson(bytes));
}

async function readBytes(file: string, context: CommandContext): Promise<Uint8Array> {
  if (file === "-") return buffer(context.stdin ?? process.stdin);
  try {
    return await readFile(file);
  } catch (cause) {
    throw new CommandError(`${file} cannot be read: ${reasonOf(cause)}.`, { cause, exitCode: unreadable });
  }
}

/**
 * Works on what was read, and puts the name of the source before error messages about it.
 *
 * @throws {CommandError} with status 2 when the document is not one that an engine printed
 */
export function readingOf<T>({ name }: Pick<AccessSource, "name">, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    throw new CommandError(`${name}: ${error.message}`, { cause: error, exitCode: unreadable });
  }
}
