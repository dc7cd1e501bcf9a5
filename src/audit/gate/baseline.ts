import * as v from "valibot";
import type { Finding } from "../finding.ts";
import { groupFindings } from "./group.ts";
import { parseWritten } from "./written-file.ts";

const dayMs = 86_400_000;

const entrySchema = v.pipe(
  v.strictObject({
    fingerprint: v.optional(v.pipe(v.string(), v.description("The finding's fingerprint, from the JSON report."))),
    fingerprints: v.optional(
      v.pipe(v.array(v.string()), v.description("The fingerprints of several findings, of one cause for example.")),
    ),
    rule: v.optional(v.pipe(v.string(), v.description("The id of a rule."))),
    address: v.optional(v.pipe(v.string(), v.description("The address of a resource."))),
    identity: v.optional(v.pipe(v.string(), v.description("Whom the finding is about."))),
    cluster: v.optional(
      v.pipe(v.string(), v.description("The cluster that it is on, as reports call it where there are several.")),
    ),
    what: v.optional(
      v.pipe(
        v.string(),
        v.description("What is accepted, for those who read the file; the audit does not look at it."),
      ),
    ),
    reason: v.pipe(
      v.string(),
      v.regex(/\S/, "It takes a reason: write why this is accepted, or remove the entry."),
      v.description("Why the finding is accepted."),
    ),
    until: v.pipe(
      v.string(),
      v.isoDate('It takes a day such as "2027-01-31".'),
      v.check(isDay, "There is no such day."),
      v.description("The last day, in UTC, on which it is accepted."),
    ),
  }),
  v.check(
    ({ fingerprint, fingerprints, rule }) => (fingerprint ?? fingerprints?.[0] ?? rule) !== undefined,
    "It takes a fingerprint, fingerprints or a rule.",
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
  /** Entries that have expired and would have matched: their findings are open again. */
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
  const keys = [...Object.keys(baselineSchema.entries), ...Object.keys(entrySchema.entries)];
  return parseWritten(bytes, { kind: "baseline", schema: baselineSchema, keys }).entries;
}

/** Divides findings into open and accepted ones, and groups those that have a cause in common. */
export function judge(findings: readonly Finding[], entries: readonly BaselineEntry[], now: Date): Judged {
  const matching = new Matching(entries, now);
  const judged = findings.map((finding) => matching.judge(finding));
  const accepted = new Map<BaselineEntry, Finding[]>();
  const open: Finding[] = [];
  const accept = (finding: Finding, entry: BaselineEntry): void => {
    const found = accepted.get(entry);
    if (found === undefined) accepted.set(entry, [finding]);
    else found.push(finding);
  };
  for (const { finding, entry } of judged) {
    if (entry === undefined) open.push(finding);
    else accept(finding, entry);
  }
  // An entry may name several findings by the one fingerprint under which they were told.
  const told = groupFindings(open).map((group) =>
    group.members.length === 0 ? { finding: group } : matching.judge(group),
  );
  const groups = told.flatMap(({ finding, entry }) => (entry === undefined ? [] : [{ finding, entry }]));
  return {
    open: told.filter(({ entry }) => entry === undefined).map(({ finding }) => finding),
    accepted: [
      ...[...accepted].flatMap(([entry, found]) => groupFindings(found).map((finding) => ({ finding, entry }))),
      ...groups,
    ],
    ...matching.rest(),
  };
}

interface Verdict {
  readonly finding: Finding;
  /** The entry that accepts it. */
  readonly entry?: BaselineEntry | undefined;
}

/** Entries, by what they match. */
class Matching {
  readonly #entries: readonly BaselineEntry[];
  readonly #now: Date;
  /** Most entries name what they accept. */
  readonly #named = new Map<string, BaselineEntry[]>();
  readonly #others: readonly BaselineEntry[];
  readonly #matched = new Set<BaselineEntry>();

  constructor(entries: readonly BaselineEntry[], now: Date) {
    this.#entries = entries;
    this.#now = now;
    this.#others = entries.filter((entry) => fingerprintsOf(entry).length === 0);
    for (const entry of entries) {
      for (const name of fingerprintsOf(entry)) {
        const known = this.#named.get(name);
        if (known === undefined) this.#named.set(name, [entry]);
        else known.push(entry);
      }
    }
  }

  judge(finding: Finding): Verdict {
    const candidates = [...(this.#named.get(finding.fingerprint) ?? []), ...this.#others];
    const matching = candidates.filter((entry) => isMatch(entry, finding));
    for (const entry of matching) this.#matched.add(entry);
    const entry = matching.find((it) => !isOver(it, this.#now));
    if (entry !== undefined || matching.length === 0) return { finding, entry };
    const acceptedUntil = matching.map(({ until }) => until).reduce((last, until) => (until > last ? until : last));
    return { finding: { ...finding, acceptedUntil } };
  }

  rest(): Pick<Judged, "expired" | "unmatched"> {
    return {
      expired: this.#entries.filter((entry) => this.#matched.has(entry) && isOver(entry, this.#now)),
      unmatched: this.#entries.filter((entry) => !this.#matched.has(entry)),
    };
  }
}

function fingerprintsOf({ fingerprint, fingerprints = [] }: BaselineEntry): readonly string[] {
  return fingerprint === undefined ? fingerprints : [fingerprint, ...fingerprints];
}

/** By its other fields: an entry that names fingerprints is asked only about what has one of them. */
function isMatch(entry: BaselineEntry, finding: Finding): boolean {
  return (["rule", "address", "identity", "cluster"] as const).every(
    (name) => entry[name] === undefined || entry[name] === finding[name],
  );
}

/** Whether a date exists. JavaScript would count the 31st of a shorter month as a day of the next one. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function isOver({ until }: BaselineEntry, now: Date): boolean {
  return now.getTime() >= Date.parse(until) + dayMs;
}
