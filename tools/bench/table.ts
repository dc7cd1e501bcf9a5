import { holds, missedStatus, type Result } from "./results.ts";

/** What became of one thing that is held to a bar. */
export type Verdict = "holds" | "does not hold" | "not known";

/** One row of the table. */
export type Row =
  | (Result & { readonly verdict: "holds" | "does not hold" })
  | {
      /** What was to be measured. */
      readonly what: string;
      readonly verdict: "not known";
      readonly why: string;
    };

/** A run of one benchmark. */
export interface Run {
  /** The benchmark, and what it was run with. */
  readonly name: string;
  /** What is added to what its results are called, such as the engine. */
  readonly suffix?: string;
  /** What it has written: a line of JSON for each result. */
  readonly written: string;
  /** `null` where a signal has ended it. */
  readonly status: number | null;
}

/** The rows of a run. One that failed, or found nothing, has a row that says so, beside what it has found before. */
export function rowsOf({ name, suffix, written, status }: Run): readonly Row[] {
  const lines = written.split("\n").filter((line) => line !== "");
  const rows = lines.map((line): Row => {
    // Written by report().
    const result = JSON.parse(line) as Result;
    const what = suffix === undefined ? result.what : `${result.what}, ${suffix}`;
    // JSON writes what is not a number as null, which would compare as zero.
    if (!Number.isFinite(result.got)) return notKnown(what, "what was measured is not a number");
    return { ...result, what, verdict: holds(result) ? "holds" : "does not hold" };
  });
  const what = suffix === undefined ? name : `${name}, ${suffix}`;
  if (status !== 0 && status !== missedStatus) {
    const ended = status === null ? "was ended by a signal" : `failed with status ${status}`;
    return [...rows, notKnown(what, `it ${ended}; what it said is above`)];
  }
  return rows.length === 0 ? [notKnown(what, "it has measured nothing")] : rows;
}

/** A row for what could not be measured. */
export function notKnown(what: string, why: string): Row {
  return { what, verdict: "not known", why };
}

const headings = ["what", "measured", "bar", "aim", ""];

/** The table for people, and a line that sums it up. */
export function renderTable(rows: readonly Row[]): string {
  const cells = [headings, ...rows.map(cellsOf)];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n\n${renderSum(rows)}\n`;
}

function cellsOf(row: Row): readonly string[] {
  if (row.verdict === "not known") return [row.what, "", "", "", `not known: ${row.why}`];
  const { what, got, bar, aim, kind, verdict } = row;
  return [what, got.toFixed(2), `${kind} ${bar.toFixed(2)}`, aim?.toFixed(2) ?? "", verdict];
}

function renderSum(rows: readonly Row[]): string {
  const count = (verdict: Verdict): number => rows.filter((row) => row.verdict === verdict).length;
  return `Of ${rows.length}, ${count("holds")} hold, ${count("does not hold")} do not hold, ${count("not known")} not known.`;
}

/** The table for programs. */
export function encodeTable(rows: readonly Row[]): string {
  return `${JSON.stringify({ summary: renderSum(rows), results: rows }, undefined, 2)}\n`;
}

/** The exit status that goes with a table: what is not known is no reason to fail, since it says so. */
export function statusOf(rows: readonly Row[]): 0 | 1 {
  return rows.some(({ verdict }) => verdict === "does not hold") ? 1 : 0;
}
