import * as v from "valibot";
import { jsonLine } from "../../vocabulary/shown-text.ts";
import { openQuestions, rulesNotAsked } from "./questions.ts";
import {
  type ConformanceReport,
  countsOf,
  type Judged,
  variationsOf,
  verdictKinds,
  verdictOnQuestion,
} from "./report.ts";

/** The version of the JSON report. Fields are only added within a major version. */
export const conformanceVersion = "1.0";

const seen = v.pipe(v.nullable(v.string()), v.description("null where there is nothing at this place."));
const result = v.picklist(verdictKinds);

/** The shape of the JSON report. */
export const conformanceSchema = v.strictObject({
  format_version: v.literal(conformanceVersion),
  tool_version: v.pipe(v.string(), v.description("The version of cdktf-qumulo.")),
  cluster_version: v.pipe(
    v.nullable(v.string()),
    v.description("The version of Qumulo Core; null when the cluster writes it in an unknown way."),
  ),
  simulated_version: v.pipe(v.string(), v.description("The version that the simulator stood for.")),
  is_read_only: v.boolean(),
  counts: v.strictObject({ agrees: v.number(), differs: v.number(), not_known: v.number(), not_asked: v.number() }),
  variations: v.pipe(
    v.array(v.string()),
    v.description("The values of --vary with which the simulator behaves like the cluster in some of what differs."),
  ),
  probes: v.array(
    v.strictObject({
      id: v.string(),
      asks: v.string(),
      source: v.pipe(v.string(), v.description("Where the simulator's answer is known from.")),
      question: v.pipe(v.nullable(v.string()), v.description("The open question that it belongs to.")),
      result,
      reason: v.pipe(v.nullable(v.string()), v.description("Why it is not known, or was not asked.")),
      variation: v.pipe(
        v.nullable(v.string()),
        v.description("The value of --vary with which the simulator behaves like the cluster here."),
      ),
      differences: v.array(v.strictObject({ at: v.string(), simulator: seen, cluster: seen })),
    }),
  ),
  questions: v.array(
    v.strictObject({
      id: v.string(),
      question: v.string(),
      assumed: v.pipe(v.string(), v.description("What the simulator does.")),
      result,
      not_asked: v.pipe(v.nullable(v.string()), v.description("What of it no probe can ask, and why.")),
    }),
  ),
  rules_not_asked: v.pipe(v.array(v.string()), v.description("What else no probe asks, and why.")),
});

/** Renders a report as one line of JSON. Nothing in it names the cluster. */
export function renderJson(report: ConformanceReport): string {
  const { judged, version, clusterVersion, simulatedVersion, isReadOnly } = report;
  const content: v.InferOutput<typeof conformanceSchema> = {
    format_version: conformanceVersion,
    tool_version: version,
    cluster_version: clusterVersion ?? null,
    simulated_version: simulatedVersion,
    is_read_only: isReadOnly,
    counts: countsOf(judged),
    variations: [...variationsOf(judged)],
    probes: judged.map(probeJson),
    questions: openQuestions.map(({ id, text, assumed, notAsked }) => ({
      id,
      question: text,
      assumed,
      result: verdictOnQuestion(id, judged),
      not_asked: notAsked ?? null,
    })),
    rules_not_asked: [...rulesNotAsked],
  };
  return jsonLine(content);
}

function probeJson({ probe, verdict }: Judged): v.InferOutput<typeof conformanceSchema>["probes"][number] {
  const { id, asks, source, question = null } = probe;
  return {
    ...{ id, asks, source, question, result: verdict.kind },
    reason: "reason" in verdict ? verdict.reason : null,
    variation: verdict.kind === "differs" ? (verdict.variation ?? null) : null,
    differences:
      verdict.kind === "differs"
        ? verdict.differences.map(({ at, simulator, cluster }) => ({
            at,
            simulator: simulator ?? null,
            cluster: cluster ?? null,
          }))
        : [],
  };
}
