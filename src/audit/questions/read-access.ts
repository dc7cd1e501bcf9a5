import type { ClusterFacts } from "../access/facts.ts";
import { type ResolvedAccess, resolveAccess } from "../access/resolve.ts";
import { readPlan } from "../plan/plan.ts";
import { redactDocument } from "../redact.ts";

/** All access that is known from a document and from what was read from clusters. */
export interface ReadAccess {
  /** A state has only one time: before and after are the same. */
  readonly kind: "plan" | "state";
  readonly clusters: readonly ResolvedAccess[];
}

/** The document of a state that manages nothing: apart from it, there is only what was read of a cluster. */
export const emptyState: unknown = { format_version: "1.0", values: { root_module: {} } };

/**
 * Reads who has which access, without judging it.
 *
 * @param document - what `show -json` prints of a plan or a state
 * @throws {AuditError} when it cannot be read as a whole
 */
export function readAccess(document: unknown, facts: readonly ClusterFacts[]): ReadAccess {
  // The time stands in only for where lives of tokens begin, which nobody asks for here.
  const plan = readPlan(redactDocument(document), new Date(0));
  return { kind: plan.kind, clusters: resolveAccess([plan], facts).clusters };
}
