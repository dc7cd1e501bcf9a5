import * as v from "valibot";
import { type AccessChange, isChange } from "../access/access-changes.ts";
import type { TokenEvent } from "../access/token-events.ts";
import type { Audit } from "../audit.ts";
import type { Finding } from "../finding.ts";
import type { BaselineEntry } from "../gate/baseline.ts";
import { severities } from "../gate/severity.ts";
import { verdictOf } from "../gate/verdict.ts";
import { jsonText } from "../shown-text.ts";
import { planSums, type PlanSum } from "./plan-sums.ts";
import { countBySeverity } from "./words.ts";
import type { ReportOptions } from "./report-options.ts";

/** The version of the JSON report. Fields are only added within a major version. */
export const reportVersion = "1.2";

const privilegePath = v.strictObject({ privilege: v.string(), path: v.string() });

const locationSchema = v.strictObject({
  construct_path: v.optional(v.string()),
  file: v.optional(v.string()),
  line: v.optional(v.number()),
});

const planNames = v.pipe(
  v.optional(v.array(v.string())),
  v.description("The names of the plans that it is about, where several are audited together."),
);

const memberSchema = v.strictObject({
  what: v.string(),
  address: v.optional(v.string()),
  identity: v.optional(v.string()),
  fingerprint: v.string(),
  location: v.optional(locationSchema),
});

const findingSchema = v.strictObject({
  kind: v.pipe(
    v.picklist(["finding", "review"]),
    v.description("Whether something is wrong, or is not known, so that somebody must look."),
  ),
  rule: v.string(),
  severity: v.picklist(severities),
  title: v.string(),
  what: v.string(),
  got: v.optional(v.string()),
  allowed: v.optional(v.string()),
  do: v.string(),
  undecided: v.pipe(v.array(v.string()), v.description("Ids of the rules that cannot tell; none for what is found.")),
  address: v.optional(v.string()),
  identity: v.optional(v.string()),
  cluster: v.optional(v.string()),
  plans: planNames,
  is_new: v.boolean(),
  fingerprint: v.string(),
  location: v.optional(locationSchema),
  accepted_until: v.optional(v.pipe(v.string(), v.description("The day on which a baseline stopped accepting it."))),
  members: v.optional(
    v.pipe(
      v.array(memberSchema),
      v.description("The findings of one cause for which this one stands: each has a fingerprint of its own."),
    ),
  ),
});

const baselineEntry = v.strictObject({
  fingerprint: v.optional(v.string()),
  fingerprints: v.optional(v.array(v.string())),
  what: v.optional(v.string()),
  rule: v.optional(v.string()),
  address: v.optional(v.string()),
  identity: v.optional(v.string()),
  cluster: v.optional(v.string()),
  reason: v.string(),
  until: v.string(),
});

/** The shape of what happens to a series of access tokens. */
export const tokenSchema = v.strictObject({
  place: v.string(),
  event: v.picklist([
    ...(["stays", "created", "rotated", "replaced", "deleted", "forgotten"] as const),
    ...(["disabled", "enabled", "end-changed", "imported", "maybe-rotated", "maybe-changed"] as const),
  ]),
  end_before: v.optional(v.string()),
  end_after: v.optional(v.string()),
  overlap: v.optional(v.string()),
});

const identitySchema = v.strictObject({
  cluster: v.optional(v.string()),
  plans: planNames,
  identity: v.string(),
  address: v.optional(v.string()),
  is_group: v.boolean(),
  existence: v.picklist(["stays", "appears", "disappears"]),
  changes: v.pipe(v.boolean(), v.description("Whether anything happens to its access.")),
  paths_before: v.array(v.string()),
  paths_after: v.array(v.string()),
  gained: v.array(privilegePath),
  lost: v.array(privilegePath),
  needs_review: v.pipe(v.boolean(), v.description("Whether not all of its privileges are known.")),
  tokens: v.array(tokenSchema),
});

const countsSchema = v.strictObject({ critical: v.number(), high: v.number(), medium: v.number(), low: v.number() });

const planSchema = v.strictObject({
  name: v.string(),
  file: v.optional(v.string()),
  engine_version: v.optional(v.string()),
  verdict: v.pipe(
    v.picklist(["clean", "passed", "review", "findings", "unread"]),
    v.description("What is about several plans counts for each; unread is what nobody could read."),
  ),
  fault: v.optional(v.pipe(v.string(), v.description("Why it could not be read."))),
  counts: countsSchema,
  reviews: countsSchema,
  identities_changed: v.pipe(v.number(), v.description("How many identities of it have a change of access.")),
});

/** The shape of the JSON report. */
export const reportSchema = v.strictObject({
  format_version: v.literal(reportVersion),
  kind: v.picklist(["plan", "state"]),
  engine_version: v.optional(v.string()),
  compared_with: v.pipe(v.optional(v.string()), v.description("What no access may go beyond.")),
  fail_on: v.picklist(severities),
  fail_on_existing: v.boolean(),
  plans: v.pipe(
    v.optional(v.array(planSchema)),
    v.description("The plans or states, where several are audited together. Addresses then begin with their names."),
  ),
  verdict: v.pipe(
    v.picklist(["clean", "passed", "review", "findings"]),
    v.description("It is never clean while something is to be reviewed."),
  ),
  counts: v.pipe(countsSchema, v.description("What is found, by severity.")),
  reviews: v.pipe(countsSchema, v.description("What is to be reviewed, by severity.")),
  findings: v.array(findingSchema),
  accepted: v.array(v.strictObject({ finding: findingSchema, entry: baselineEntry })),
  expired: v.array(baselineEntry),
  unmatched: v.array(baselineEntry),
  identities: v.array(identitySchema),
});

/** A report as JSON holds it. */
export type JsonReport = v.InferOutput<typeof reportSchema>;

/** Renders an audit as JSON. */
export function renderJsonReport(audit: Audit, options: ReportOptions): string {
  const report: JsonReport = {
    format_version: reportVersion,
    kind: audit.kind,
    ...defined("engine_version", audit.engineVersion),
    fail_on: options.failOn,
    fail_on_existing: options.failOnExisting === true,
    verdict: verdictOf(audit, options),
    ...(audit.plans.length === 0 ? {} : { plans: planSums(audit, options).map((sum) => planJson(audit, sum)) }),
    ...countsJson(audit.open),
    ...defined("compared_with", audit.comparedWith),
    findings: audit.open.map(findingJson),
    accepted: audit.accepted.map(({ finding, entry }) => ({ finding: findingJson(finding), entry: entryJson(entry) })),
    expired: audit.expired.map(entryJson),
    unmatched: audit.unmatched.map(entryJson),
    identities: audit.changes.map(identityJson),
  };
  return jsonText(report);
}

function planJson(
  { plans }: Audit,
  { name, verdict, fault, open, changes }: PlanSum,
): v.InferOutput<typeof planSchema> {
  const plan = plans.find((one) => one.name === name);
  return {
    name,
    ...defined("file", plan?.file),
    ...defined("engine_version", plan?.engineVersion),
    verdict,
    ...defined("fault", fault),
    ...countsJson(open),
    identities_changed: changes.filter(isChange).length,
  };
}

function countsJson(open: readonly Finding[]): Pick<JsonReport, "counts" | "reviews"> {
  return {
    counts: countBySeverity(open.filter(({ kind }) => kind === "finding")),
    reviews: countBySeverity(open.filter(({ kind }) => kind === "review")),
  };
}

function plansJson({ plans }: { readonly plans: readonly string[] }): { readonly plans?: string[] } {
  return plans.length === 0 ? {} : { plans: [...plans] };
}

function findingJson(finding: Finding): JsonReport["findings"][number] {
  const { kind, rule, severity, title, what, todo, undecided, isNew, fingerprint, members } = finding;
  return {
    kind,
    rule,
    severity,
    title,
    what,
    ...defined("got", finding.got),
    ...defined("allowed", finding.allowed),
    do: todo,
    undecided: [...undecided],
    ...defined("address", finding.address),
    ...defined("identity", finding.identity),
    ...defined("cluster", finding.cluster),
    ...plansJson(finding),
    is_new: isNew,
    fingerprint,
    ...locationJson(finding),
    ...defined("accepted_until", finding.acceptedUntil),
    ...(members.length === 0 ? {} : { members: members.map(memberJson) }),
  };
}

function memberJson(member: Finding): v.InferOutput<typeof memberSchema> {
  const { what, address, identity, fingerprint } = member;
  return {
    what,
    ...defined("address", address),
    ...defined("identity", identity),
    fingerprint,
    ...locationJson(member),
  };
}

function locationJson({ location }: Finding): { readonly location?: v.InferOutput<typeof locationSchema> } {
  if (location === undefined) return {};
  return {
    location: {
      ...defined("construct_path", location.constructPath),
      ...defined("file", location.file),
      ...defined("line", location.line),
    },
  };
}

function entryJson({ fingerprints, ...entry }: BaselineEntry): JsonReport["expired"][number] {
  return { ...entry, ...(fingerprints === undefined ? {} : { fingerprints: [...fingerprints] }) };
}

function identityJson(change: AccessChange): JsonReport["identities"][number] {
  const { identity, isGroup, existence, before, after, gained, lost, needsReview, tokens } = change;
  return {
    ...defined("cluster", change.cluster),
    ...plansJson(change),
    identity,
    ...defined("address", change.address),
    is_group: isGroup,
    existence,
    changes: isChange(change),
    paths_before: [...before],
    paths_after: [...after],
    gained: [...gained],
    lost: [...lost],
    needs_review: needsReview,
    tokens: tokens.map(tokenJson),
  };
}

/** What happens to a series of access tokens, as JSON holds it. */
export function tokenJson({
  place,
  event,
  endBefore,
  endAfter,
  overlap,
}: TokenEvent): v.InferOutput<typeof tokenSchema> {
  return {
    place,
    event,
    ...defined("end_before", endBefore),
    ...defined("end_after", endAfter),
    ...defined("overlap", overlap),
  };
}

function defined<K extends string, T>(name: K, value: T | undefined): Partial<Record<K, T>> {
  // One field of the name given.
  return value === undefined ? {} : ({ [name]: value } as Record<K, T>);
}
