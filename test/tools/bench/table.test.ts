import { expect, test } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { benchmarks } from "../../../tools/bench/benchmarks.ts";
import { missedStatus, type Result } from "../../../tools/bench/results.ts";
import { encodeTable, notKnown, renderTable, rowsOf, statusOf } from "../../../tools/bench/table.ts";

const root = path.resolve(__dirname, "../../..");
const most = { what: "plan", bar: 2.5, kind: "at most" } as const;
const least = { what: "reads", bar: 0.8, kind: "at least" } as const;

function written(...results: readonly Result[]): string {
  return results.map((result) => `${JSON.stringify(result)}\n`).join("");
}

test.each<[string, Result, string]>([
  ["at a bar that is the most", { ...most, got: 2.5 }, "holds"],
  ["above it", { ...most, got: 2.51 }, "does not hold"],
  ["at a bar that is the least", { ...least, got: 0.8 }, "holds"],
  ["below it", { ...least, got: 0.79 }, "does not hold"],
])("a result %s is judged by its bar", (_where, result, verdict) => {
  const rows = rowsOf({ name: "engine", written: written(result), status: 0 });

  expect(rows).toEqual([{ ...result, verdict }]);
});

test("a result that is not a number is not known", () => {
  const rows = rowsOf({ name: "engine", written: written({ ...most, got: Number.NaN }), status: missedStatus });

  expect(rows.map(({ verdict }) => verdict)).toEqual(["not known"]);
});

test("results with several engines are told apart", () => {
  const run = { name: "engine", suffix: "OpenTofu 1.12.6", written: written({ ...most, got: 2 }), status: 0 };

  expect(rowsOf(run).map(({ what }) => what)).toEqual(["plan, OpenTofu 1.12.6"]);
});

test.each<[string, { readonly written: string; readonly status: number | null }, string[]]>([
  ["that measures nothing", { written: "", status: 0 }, ["not known"]],
  ["that fails", { written: "", status: 1 }, ["not known"]],
  ["that fails half way", { written: written({ ...most, got: 2 }), status: 1 }, ["holds", "not known"]],
  ["that a signal ends", { written: written({ ...most, got: 3 }), status: null }, ["does not hold", "not known"]],
  ["that misses a bar", { written: written({ ...most, got: 3 }), status: missedStatus }, ["does not hold"]],
])("a benchmark %s has a row for what is not known", (_what, run, verdicts) => {
  const rows = rowsOf({ name: "engine", ...run });

  expect(rows.map(({ verdict }) => verdict)).toEqual(verdicts);
});

test("the table has a line for each result, and one that sums them up", () => {
  const rows = [
    ...rowsOf({ name: "engine", written: written({ ...most, got: 2, aim: 1.8 }), status: 0 }),
    ...rowsOf({ name: "simulator", written: written({ ...least, got: 0.5 }), status: missedStatus }),
    notKnown("growth", "it was left out"),
  ];

  expect(renderTable(rows)).toBe(
    [
      "what    measured  bar            aim",
      "plan    2.00      at most 2.50   1.80  holds",
      "reads   0.50      at least 0.80        does not hold",
      "growth                                 not known: it was left out",
      "",
      "Of 3, 1 hold, 1 do not hold, 1 not known.",
      "",
    ].join("\n"),
  );
  expect(JSON.parse(encodeTable(rows))).toEqual({
    summary: "Of 3, 1 hold, 1 do not hold, 1 not known.",
    results: rows,
  });
});

test("only a bar that is missed fails", () => {
  const good = rowsOf({ name: "engine", written: written({ ...most, got: 2 }), status: 0 });
  const missed = rowsOf({ name: "engine", written: written({ ...most, got: 3 }), status: missedStatus });

  expect(statusOf([...good, notKnown("growth", "it was left out")])).toBe(0);
  expect(statusOf([...good, ...missed])).toBe(1);
});

test("all benchmarks of the repository are run", () => {
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const scripts = Object.keys(manifest.scripts).filter((name) => name.startsWith("bench:"));
  const programs = readdirSync(path.join(root, "tools/bench")).filter((name) => name.startsWith("bench-"));

  expect(scripts.toSorted()).toEqual(benchmarks.map(({ name }) => `bench:${name}`).toSorted());
  expect(programs.filter((name) => name !== "bench-all.ts").toSorted()).toEqual(
    [...new Set(benchmarks.map(({ program }) => program))].toSorted(),
  );
});
