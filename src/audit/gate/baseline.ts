import * as v from "valibot";
import type { Finding } from "../finding.ts";
import { parseWritten } from "./written-file.ts";

const dayMs = 86_400_000;

const entrySchema = v.pipe(
  v.strictObject({
    fingerprint: v.optional(v.pipe(v.string(), v.description("The finding's fingerprint, from the JSON report."))),
    rule: v.optional(v.pipe(v.string(), v.description("The id of a rule."))),
    address: v.optional(v.pipe(v.string(), v.description("The address of a resource."))),
    identity: v.optional(v.pipe(v.string(), v.description("Whom the finding is about."))),
    cluster: v.optional(
      v.pipe(v.string(), v.description("The cluster that it is on, as reports call it where there are several.")),
    ),
    reason: v.pipe(v.string(), v.regex(/\S/, "It takes a reason."), v.description("Why the finding is accepted.")),
    until: v.pipe(
      v.string(),
      v.isoDate('It takes a day such as "2027-01-31".'),
      v.check(isDay, "There is no such day."),
      v.description("The last day, in UTC, on which it is accepted."),
    ),
  }),
  v.check(
    ({ fingerprint, rule }) => fingerprint !== undefined || rule !== undefined,
    "It takes a fingerprint or a rule.",
  ),
);

/** The shape of a baseline file. */
export const baselineSchema = v.strictObject({
  $schema: v.optional(v.string()),
  version: v.pipe(v.literal(1), v.description("The version of this format.")),
  entries: v.array(entrySchema),
});

/** A known finding, or several, that somebody has accepted for some time. */
export type BaselineEntry = v.InferOutput<typeof entrySchema>;

/** Findings by what a baseline says of them. */
export interface Judged {
  /** What counts. */
  readonly open: readonly Finding[];
  /** Findings that the baseline accepts, each with the entry that does. */
  readonly accepted: readonly { readonly finding: Finding; readonly entry: BaselineEntry }[];
  /** Entries whose time is over and that would have matched: their findings are open again. */
  readonly expired: readonly BaselineEntry[];
  /** Entries that no finding matches: they can go. */
  readonly unmatched: readonly BaselineEntry[];
}

/**
 * Reads a baseline file.
 *
 * @throws {AuditError} `baseline`, with every fault
 */
export function parseBaseline(bytes: Uint8Array): readonly BaselineEntry[] {
  return parseWritten(bytes, "baseline", baselineSchema).entries;
}

/** Parts findings by a baseline. */
export function judge(findings: readonly Finding[], entries: readonly BaselineEntry[], now: Date): Judged {
  const matched = new Set<BaselineEntry>();
  const open: Finding[] = [];
  const accepted: { readonly finding: Finding; readonly entry: BaselineEntry }[] = [];
  for (const finding of findings) {
    const matching = entries.filter((entry) => isMatch(entry, finding));
    for (const entry of matching) matched.add(entry);
    const entry = matching.find((it) => !isOver(it, now));
    if (entry === undefined) open.push(finding);
    else accepted.push({ finding, entry });
  }
  return {
    open,
    accepted,
    expired: entries.filter((entry) => matched.has(entry) && isOver(entry, now)),
    unmatched: entries.filter((entry) => !matched.has(entry)),
  };
}

function isMatch(entry: BaselineEntry, finding: Finding): boolean {
  return (["fingerprint", "rule", "address", "identity", "cluster"] as const).every(
    (name) => entry[name] === undefined || entry[name] === finding[name],
  );
}

/** Not every month has 31 days, and what is too much would count as the next month. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function isOver({ until }: BaselineEntry, now: Date): boolean {
  return now.getTime() >= Date.parse(until) + dayMs;
}
