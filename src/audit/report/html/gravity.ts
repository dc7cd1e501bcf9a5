import { escalatingOf } from "../../../access/risk.ts";
import type { AccessChange } from "../../access/access-changes.ts";
import type { Audit } from "../../audit.ts";
import { eachOf } from "../../gate/group.ts";
import { type Severity, severities } from "../../gate/severity.ts";
import { identityMark } from "./marks.ts";

/** How severe the findings about something are, from 0 for none to 4 for critical. */
export interface Gravest {
  /** The gravest of all. */
  readonly ofAll: number;
  /** The gravest that the plan brings about. */
  readonly ofNew: number;
  /** Whether any of them is to be reviewed. */
  readonly hasReview: boolean;
}

/** How grave something is as the page counts: from 1 for low to 4 for critical. */
export function gravity(severity: Severity): number {
  return severities.indexOf(severity) + 1;
}

/** What a severity is called, by how grave it is. */
export function severityOf(grave: number): Severity | undefined {
  return severities[grave - 1];
}

/** One text for an identity of a cluster. */
export function identityKey(cluster: string | undefined, identity: string): string {
  return JSON.stringify([cluster, identity]);
}

/** The most severe findings about each identity, or about what the plan says about it. */
export function gravestByIdentity({
  open,
  changes,
}: Audit): (cluster: string | undefined, identity: string) => Gravest {
  const owners = new Map(
    changes.flatMap(({ cluster, identity, address, tokens }) =>
      [address, ...tokens.map(({ place }) => place)].flatMap((place) =>
        place === undefined ? [] : [[place, identityKey(cluster, identity)] as const],
      ),
    ),
  );
  const gravest = new Map<string, Gravest>();
  for (const { kind, severity, identity, cluster, address, isNew } of open.flatMap(eachOf)) {
    const key = identity === undefined ? owners.get(address ?? "") : identityKey(cluster, identity);
    if (key === undefined) continue;
    const { ofAll, ofNew, hasReview } = gravest.get(key) ?? noFindings;
    const grave = gravity(severity);
    gravest.set(key, {
      ofAll: Math.max(ofAll, grave),
      ofNew: isNew ? Math.max(ofNew, grave) : ofNew,
      hasReview: hasReview || kind === "review",
    });
  }
  return (cluster, identity) => gravest.get(identityKey(cluster, identity)) ?? noFindings;
}

const noFindings: Gravest = { ofAll: 0, ofNew: 0, hasReview: false };

/** A change with how grave it is. */
export interface RankedChange {
  readonly change: AccessChange;
  readonly gravest: Gravest;
}

/**
 * Sorts changes by importance: the most severe first, and among equally severe ones those that gain the most escalating
 * privileges.
 */
export function ranked(audit: Audit): readonly RankedChange[] {
  const gravestOf = gravestByIdentity(audit);
  return audit.changes
    .map((change) => {
      const gravest = gravestOf(change.cluster, change.identity);
      const isChanged = identityMark(change) !== "kept";
      const escalating = escalatingOf(change.gained.map(({ privilege }) => privilege)).length;
      return { change, gravest, rank: [gravest.ofNew, Number(isChanged), escalating, gravest.ofAll] };
    })
    .sort((left, right) => compared(left.rank, right.rank))
    .map(({ change, gravest }) => ({ change, gravest }));
}

/** The first number that differs decides; the greater comes first. */
function compared(left: readonly number[], right: readonly number[]): number {
  const at = left.findIndex((number, index) => number !== right[index]);
  return at === -1 ? 0 : (right[at] ?? 0) - (left[at] ?? 0);
}
