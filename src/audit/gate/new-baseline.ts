import type { Finding } from "../finding.ts";
import { jsonText } from "../shown-text.ts";
import type { BaselineEntry, Judged } from "./baseline.ts";
import { eachOf } from "./group.ts";

const dayMs = 86_400_000;
/** Long enough to do something about it, and not so long that nobody remembers. */
const acceptedDays = 90;

/** A baseline of what an audit found. */
export interface NewBaseline {
  /** What its file holds. */
  readonly text: string;
  /** How many entries have no reason yet. Such a file is refused until each has one. */
  readonly open: number;
}

/**
 * Makes a baseline that accepts whatever is open, as soon as somebody has written the reasons.
 *
 * @param entries - what the baseline holds already; of these it keeps what is not over
 */
export function newBaseline(
  judged: Pick<Judged, "open" | "expired">,
  entries: readonly BaselineEntry[],
  now: Date,
): NewBaseline {
  const until = new Date(now.getTime() + acceptedDays * dayMs).toISOString().slice(0, 10);
  const kept = entries.filter((entry) => !judged.expired.includes(entry));
  const fresh = judged.open.filter((finding) => !isOfWholePlan(finding)).map((finding) => entryOf(finding, until));
  return { text: jsonText({ version: 1, entries: [...kept, ...fresh] }), open: fresh.length };
}

/**
 * Whether a finding is about the whole plan, such as one that failed or was limited with `-target`. It is the same finding each
 * time, so an entry would accept all such plans to come.
 */
function isOfWholePlan({ rule, address }: Finding): boolean {
  return rule === "incomplete-plan" && address === undefined;
}

function entryOf(finding: Finding, until: string): BaselineEntry {
  const { rule, what, members } = finding;
  const fingerprints = eachOf(finding).map(({ fingerprint }) => fingerprint);
  const [fingerprint] = fingerprints;
  const who = members.map(({ identity, address }) => identity ?? address ?? "somebody");
  return {
    rule,
    ...(members.length === 0 && fingerprint !== undefined ? { fingerprint } : { fingerprints }),
    what: who.length === 0 ? what : `${what} Who: ${who.join(", ")}.`,
    reason: "",
    until,
  };
}
