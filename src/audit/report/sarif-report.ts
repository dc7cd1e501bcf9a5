import path from "node:path";
import type { Log, LogicalLocation, PhysicalLocation, ReportingDescriptor, Result } from "sarif";
import type { Audit } from "../audit.ts";
import type { Finding } from "../finding.ts";
import type { BaselineEntry } from "../gate/baseline.ts";
import type { Severity } from "../gate/severity.ts";
import { jsonText, visible } from "../shown-text.ts";
import type { ReportOptions } from "./report-options.ts";
import { rulePagePlace } from "./rule-page.ts";
import { whoIn } from "./words.ts";

interface Judgement {
  readonly finding: Finding;
  readonly entry?: BaselineEntry;
}

const levels = { critical: "error", high: "error", medium: "warning", low: "note" } as const;

/** Scores in the middle of the range that GitHub calls by the same name. */
const securitySeverities: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.0",
};

/** Changes only with what a fingerprint is made of. */
const fingerprintName = "cdktfQumuloAudit/v1";

/**
 * Renders an audit for code scanning: what is open, and what is accepted as suppressed.
 *
 * @see SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarifReport(audit: Audit, options: ReportOptions): string {
  const judgements: readonly Judgement[] = [...audit.open.map((finding) => ({ finding })), ...audit.accepted];
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "cdktf-qumulo audit",
            ...(options.version === undefined ? {} : { semanticVersion: options.version }),
            rules: audit.rules.map((rule) => descriptorOf(rule, options)),
          },
        },
        automationDetails: { id: `cdktf-qumulo-audit/${options.name ?? ""}` },
        columnKind: "utf16CodeUnits",
        results: judgements.map((judgement) => resultOf(judgement, audit, options)),
      },
    ],
  };
  return jsonText(log);
}

function descriptorOf(
  { id, title, severity }: Audit["rules"][number],
  { rulePage }: ReportOptions,
): ReportingDescriptor {
  const help = rulePage === undefined ? {} : { helpUri: encodeURI(rulePage(id)) };
  const more = rulePage === undefined ? rulePagePlace(id) : encodeURI(rulePage(id));
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: `${title}.` },
    ...help,
    help: { text: `${title}. See ${more}` },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ["security", "access"], "security-severity": securitySeverities[severity] },
  };
}

function resultOf({ finding, entry }: Judgement, audit: Audit, options: ReportOptions): Result {
  const { rule, severity, identity, cluster, plans, isNew, fingerprint } = finding;
  return {
    ruleId: rule,
    ruleIndex: audit.rules.findIndex(({ id }) => id === rule),
    level: levels[severity],
    message: { text: messageOf(finding) },
    locations: locationsOf(finding, audit, options),
    partialFingerprints: { [fingerprintName]: fingerprint },
    suppressions:
      entry === undefined
        ? []
        : [{ kind: "external", status: "accepted", justification: visible(`${entry.reason} (until ${entry.until})`) }],
    properties: {
      // SARIF's own kind "review" takes no level, without which GitHub cannot rank a result.
      kind: finding.kind,
      ...(finding.undecided.length === 0 ? {} : { undecided: [...finding.undecided] }),
      severity,
      isNew,
      ...(identity === undefined ? {} : { identity: visible(identity) }),
      ...(cluster === undefined ? {} : { cluster: visible(cluster) }),
      ...(plans.length === 0 ? {} : { plans: [...plans] }),
    },
  };
}

function messageOf(finding: Finding): string {
  const { kind, what, got, allowed, todo } = finding;
  const who = whoIn(finding);
  const facts = [
    kind === "review" ? `Review: ${what}` : what,
    who && `Who: ${who}.`,
    got && `Got: ${got}.`,
    allowed && `Allowed: ${allowed}.`,
    todo,
  ];
  return facts
    .filter((fact) => fact !== undefined)
    .map((fact) => visible(fact))
    .join(" ");
}

function locationsOf(finding: Finding, audit: Audit, options: ReportOptions): Result["locations"] & object {
  const physicalLocation = physicalLocationOf(finding, planFileOf(finding, audit, options));
  const logicalLocations = logicalLocationsOf(finding);
  if (physicalLocation === undefined && logicalLocations.length === 0) return [];
  return [
    {
      ...(physicalLocation === undefined ? {} : { physicalLocation }),
      ...(logicalLocations.length === 0 ? {} : { logicalLocations }),
    },
  ];
}

/** The plan that it is about, or the first of several. */
function planFileOf({ plans }: Finding, audit: Audit, { planFile }: ReportOptions): string | undefined {
  return audit.plans.find(({ name, file }) => file !== undefined && plans.includes(name))?.file ?? planFile;
}

function physicalLocationOf({ location }: Finding, planFile: string | undefined): PhysicalLocation | undefined {
  const file = location?.file ?? planFile;
  if (file === undefined) return undefined;
  // A file as a whole has no line; GitHub asks for one.
  const startLine = location?.file === undefined ? 1 : (location.line ?? 1);
  return { artifactLocation: artifactLocationOf(file), region: { startLine } };
}

function artifactLocationOf(file: string): PhysicalLocation["artifactLocation"] & object {
  // By way of bytes: half a character has no encoding.
  const parts = Buffer.from(file).toString().split(/[\\/]/);
  const uri = parts.map(encodeURIComponent).join("/");
  return path.isAbsolute(file) ? { uri: `file://${uri}` } : { uri, uriBaseId: "%SRCROOT%" };
}

/** The construct comes first, because it is what the practitioner wrote. */
function logicalLocationsOf({ address, location }: Finding): readonly LogicalLocation[] & LogicalLocation[] {
  const constructPath = location?.constructPath;
  return [
    ...(constructPath === undefined
      ? []
      : [{ name: lastOf(constructPath), fullyQualifiedName: visible(constructPath), kind: "construct" }]),
    ...(address === undefined ? [] : [{ fullyQualifiedName: visible(address), kind: "resource" }]),
  ];
}

function lastOf(constructPath: string): string {
  return visible(constructPath.split("/").at(-1) ?? constructPath);
}
