import type { TerminalView } from "../../terminal/view.ts";
import { type Paint, painter, wrap } from "../../terminal/wrap.ts";
import type { Difference } from "./asking/compare.ts";
import { openQuestions } from "./questions.ts";
import { type ConformanceReport, countsOf, type Judged, variationsOf, verdictOnQuestion } from "./report.ts";

/** So many places are told of one probe: a list may differ in every entry. */
const mostDifferences = 12;

/** Renders a report for a person: what differs, what is not known, and what came of the open questions. */
export function renderText(report: ConformanceReport, { width, isColored }: TerminalView): string {
  const paint = painter(isColored);
  const line = (text: string, indent = ""): string => wrap([text], { width, paint, indent });
  const { judged } = report;
  const parts = [
    [line(titleOf(report))],
    differingLines(judged, { paint, line }),
    unknownLines(judged, { paint, line }),
    questionLines(report, { paint, line }),
    [line(countsLine(report)), ...adviceOn(report).map((text) => line(text))],
  ];
  const shown = parts.filter((lines) => lines.length > 0).map((lines) => lines.join("\n"));
  return `${shown.join("\n\n")}\n`;
}

function titleOf({ clusterVersion, simulatedVersion, isReadOnly }: ConformanceReport): string {
  const cluster = clusterVersion === undefined ? "a cluster of an unknown version" : `Qumulo Core ${clusterVersion}`;
  const part = isReadOnly ? "What only reads was asked" : "All was asked";
  return `${part} of ${cluster}, and of a simulator of Qumulo Core ${simulatedVersion}.`;
}

interface Style {
  readonly paint: Paint;
  readonly line: (text: string, indent?: string) => string;
}

function differingLines(judged: readonly Judged[], { paint, line }: Style): readonly string[] {
  const lines = judged.flatMap(({ probe, verdict }) => {
    if (verdict.kind !== "differs") return [];
    const { differences, variation } = verdict;
    const rest = differences.length - mostDifferences;
    return [
      line(`${probe.id}: ${probe.asks}`, "  "),
      ...differences.slice(0, mostDifferences).map((difference) => line(differenceText(difference), "      ")),
      ...(rest > 0 ? [line(`and ${rest} more, which --format json tells`, "      ")] : []),
      line(`known from: ${probe.source}`, "      "),
      ...(variation === undefined ? [] : [line(`The simulator does so with --vary ${variation}.`, "      ")]),
    ];
  });
  return lines.length === 0 ? [] : [paint("bold", "Differs"), ...lines];
}

/** What is not known, once for each reason: many probes may have the same. */
function unknownLines(judged: readonly Judged[], { paint, line }: Style): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { probe, verdict } of judged) {
    if (verdict.kind !== "not_known") continue;
    byReason.set(verdict.reason, [...(byReason.get(verdict.reason) ?? []), probe.id]);
  }
  const lines = [...byReason].flatMap(([reason, ids]) => [line(reason, "  "), line(ids.join(", "), "      ")]);
  return lines.length === 0 ? [] : [paint("bold", "Not known"), ...lines];
}

function differenceText({ at, simulator, cluster }: Difference): string {
  return `${at}: the cluster has ${quoted(cluster)}, the simulator ${quoted(simulator)}`;
}

function quoted(text: string | undefined): string {
  return text === undefined ? "nothing" : JSON.stringify(text);
}

const answers = {
  agrees: "As assumed",
  differs: "Not as assumed",
  not_known: "Not known; assumed",
  not_asked: "Not asked; assumed",
} as const;

function questionLines({ judged }: ConformanceReport, { paint, line }: Style): readonly string[] {
  const rows = openQuestions.map(({ id, text, assumed, notAsked }) => {
    const answer = answers[verdictOnQuestion(id, judged)];
    return [
      line(`${text} ${answer}: ${assumed}.`, "  "),
      ...(notAsked === undefined ? [] : [line(notAsked, "      ")]),
    ].join("\n");
  });
  return [paint("bold", "Open questions"), ...rows];
}

function countsLine({ judged }: ConformanceReport): string {
  const counts = countsOf(judged);
  const parts = [
    `${counts.agrees} of ${judged.length} agree`,
    `${counts.differs} ${counts.differs === 1 ? "differs" : "differ"}`,
    `${counts.not_known} not known`,
    `${counts.not_asked} not asked`,
  ];
  return `${parts.join(", ")}.`;
}

function adviceOn(report: ConformanceReport): readonly string[] {
  const { differs } = countsOf(report.judged);
  const variations = variationsOf(report.judged);
  if (differs === 0) return [];
  const flags = variations.map((name) => `--vary ${name}`).join(" ");
  return [
    ...(flags === "" ? [] : [`A simulator that is more like this cluster: cdktf-qumulo simulate ${flags}`]),
    "Please report what differs, with the file that --output writes: it names nothing of the cluster.",
  ];
}
