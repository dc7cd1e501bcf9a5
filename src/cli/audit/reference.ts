import type { ClusterFacts, GivenReference } from "../../audit/index.ts";
import { emptyState } from "../../audit/questions/read-access.ts";
import { readSource } from "../access-source/source.ts";
import { type CommandContext, CommandError, wrongUsage } from "../command-error.ts";
import { readClusterFacts } from "./cluster.ts";
import type { AuditFlags } from "./flags.ts";

/** What an audit reads besides the plan. */
export interface Surroundings {
  /** What is on the cluster besides the plan; nothing where that was not asked for. */
  readonly facts: readonly ClusterFacts[];
  /** The reference for a comparison; `undefined` if none was asked for. */
  readonly reference: GivenReference | undefined;
}

/**
 * Reads the cluster and the reference that the flags ask for, a cluster for both only once.
 *
 * @throws {CommandError} with status 2 when something cannot be read
 */
export async function readSurroundings(flags: AuditFlags, context: CommandContext): Promise<Surroundings> {
  refuseTwoReferences(flags);
  const isRead = flags.cluster === true || flags.compareCluster === true;
  const facts = await readClusterFacts(isRead ? { ...flags, cluster: true } : flags, context);
  const beside = flags.cluster === true ? facts : [];
  if (flags.compareCluster === true) return { facts: beside, reference: clusterReference(facts) };
  if (flags.compare === undefined) return { facts: beside, reference: undefined };
  return { facts: beside, reference: await fileReference(flags.compare, context) };
}

function refuseTwoReferences({ compare, compareCluster }: AuditFlags): void {
  if (compare !== undefined && compareCluster === true) {
    throw new CommandError("--compare and --compare-cluster each name a reference. Give one of them, or audit twice.", {
      exitCode: wrongUsage,
    });
  }
  if (compare !== "-") return;
  throw new CommandError("--compare takes a file, since standard input is for the plan.", { exitCode: wrongUsage });
}

function clusterReference(facts: readonly ClusterFacts[]): GivenReference {
  const host = facts[0]?.readAt?.host ?? "";
  return { name: `the cluster ${host}`, kind: "cluster", document: emptyState, facts };
}

async function fileReference(file: string, context: CommandContext): Promise<GivenReference> {
  const { name, kind, document, facts } = await readSource(file, {}, context);
  return { name, kind: kind === "seed" ? "template" : "document", document, facts };
}
