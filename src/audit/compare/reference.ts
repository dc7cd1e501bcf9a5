import type { ClusterFacts } from "../access/facts.ts";
import { findFacts } from "../access/clusters/place-facts.ts";
import { type Places, placePlans } from "../access/clusters/places.ts";
import { type ResolvedAccess, resolveAccess } from "../access/resolve.ts";
import { AuditError } from "../audit-error.ts";
import { type Plan, type PlannedObject, readPlan } from "../plan/plan.ts";
import { redactDocument } from "../redact.ts";

/** What an audit is compared with: whoever has access there may have it. */
export interface GivenReference {
  /** For people: the file, or the host of a cluster. */
  readonly name: string;
  /** What `show -json` prints of a plan, which counts as it is once it is applied, or of a state. */
  readonly document: unknown;
  /**
   * What is on clusters besides it.
   *
   * @default only what the document itself tells
   */
  readonly facts?: readonly ClusterFacts[] | undefined;
  /**
   * What kind of reference it is: `template` stands for every cluster of the plan and has no ids of its own, such as a seed;
   * `cluster` is a cluster as it was read now.
   *
   * @default "document"
   */
  readonly kind?: "document" | "template" | "cluster" | undefined;
}

/** A reference that was read. */
export interface Reference {
  readonly name: string;
  readonly kind: NonNullable<GivenReference["kind"]>;
  /**
   * Finds the cluster that one of the audited ones is compared with; `undefined` where none is known to be.
   *
   * @param isOnly - whether the audit has no other cluster
   */
  readonly find: (access: Pick<ResolvedAccess, "keys">, isOnly: boolean) => ResolvedAccess | undefined;
}

/** A reference, and the clusters that are compared with it. */
export interface ReferenceComparison {
  readonly reference: Reference;
  readonly clusters: readonly ResolvedAccess[];
}

/**
 * Reads what an audit is compared with.
 *
 * @param audited - tells which clusters there are, where the reference itself does not
 * @param now - stands for the time of a plan that does not tell its own
 * @throws {AuditError} when the document cannot be read as a whole
 */
export function readReference(given: GivenReference, audited: readonly Plan[], now: Date): Reference {
  const { name, document, facts = [], kind = "document" } = given;
  if (kind === "document" && audited.length > 1) throw oneReference(name);
  try {
    const placed = placeBy(audited, readPlan(redactDocument(document), now));
    if (kind === "cluster") return { name, kind, find: finderOfFacts(placed, facts, placePlans(audited)) };
    const { clusters } = resolveAccess([placed], facts);
    return { name, kind, find: (access, isOnly) => counterpartIn(clusters, access, isOnly || kind === "template") };
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    throw new AuditError(error.kind, `It is compared with ${name}, which cannot be read: ${error.message}`, {
      cause: error,
    });
  }
}

/** The addresses and clusters of a plan or a state are those of one configuration. */
function oneReference(name: string): AuditError {
  return new AuditError(
    "input",
    `${name} is a plan or a state of one configuration, and several are audited. Compare each plan with its own reference in an audit by itself, or all of them with a seed, which stands for every cluster.`,
  );
}

/** What was read of a cluster is compared with what leads there. */
function finderOfFacts(plan: Plan, facts: readonly ClusterFacts[], places: Places): Reference["find"] {
  return ({ keys }, isOnly) => {
    const found = findFacts(facts, { keys, isOnly, places });
    // They are of the one cluster that is compared with, wherever they were read.
    const there = found.map(({ users, groups, roles, accessTokens, unread = [] }) => {
      return { users, groups, roles, accessTokens, unread };
    });
    return resolveAccess([plan], there).clusters[0];
  };
}

/** A state does not tell on which cluster its objects are: the plan's configuration does, by their addresses. */
function placeBy([audited, ...others]: readonly Plan[], state: Plan): Plan {
  if (state.kind !== "state" || audited === undefined || others.length > 0) return state;
  const { configuration } = audited;
  const clusterOf = ({ cluster, address }: PlannedObject): string | undefined =>
    cluster ?? configuration.find(address)?.provider_config_key;
  const objects = state.objects.map((object) => ({ ...object, cluster: clusterOf(object) }));
  const isSeveral = Object.keys(configuration.providers).length > 1;
  return {
    ...state,
    configuration,
    // What may be on any of several clusters must not count on each.
    objects: isSeveral ? objects.filter(({ cluster }) => cluster !== undefined) : objects,
  };
}

/** By the provider configurations that lead there; where there is only one on both sides, those need not be the same. */
function counterpartIn(
  clusters: readonly ResolvedAccess[],
  { keys }: Pick<ResolvedAccess, "keys">,
  mayBeAny: boolean,
): ResolvedAccess | undefined {
  const [first, ...others] = clusters;
  const same = clusters.find((cluster) => cluster.keys.some((key) => keys.includes(key)));
  return same ?? (others.length === 0 && mayBeAny ? first : undefined);
}
