import { expect, test } from "@jest/globals";
import { accessTokenSchema } from "../../src/provider/access-token/schema.ts";
import { dayMs, givenSeries, refreshAndPlan, rotating, type } from "../support/provider/given-series.ts";
import { readCode, readPage } from "../support/pages/pages.ts";

const page = "docs/guides/rotation.md";

/** One row of the guide's time line. */
interface Row {
  readonly day: number;
  readonly isApply: boolean;
  readonly isEmpty: boolean;
  readonly tokens: readonly string[];
}

async function readTimeLine(): Promise<readonly Row[]> {
  const guide = await readPage(page);
  return [...guide.matchAll(/^\| (\d+) .*$/gm)].map(([line, day]) => {
    const [who = "", what = "", ...tokens] = line
      .split("|")
      .slice(2, -1)
      .map((cell) => cell.trim());
    return { day: Number(day), isApply: who === "apply", isEmpty: what.startsWith("nothing"), tokens };
  });
}

test("what the time line of the guide to rotation says is what happens", async () => {
  const { engine, clock, statusOf, tokens } = await givenSeries();
  const config = { ...rotating, overlap: "48h" };
  const bearerTokens = new Set<unknown>();
  const told: unknown[] = [];
  const timeLine = await readTimeLine();
  const begin = clock.now().getTime();

  // What happens on day 0.
  let { kept } = await engine.apply(type, config);
  for (const { day, isApply } of timeLine) {
    clock.advance(begin + day * dayMs - clock.now().getTime());
    const planned = isApply && day > 0 ? await refreshAndPlan(engine, config, kept) : undefined;
    if (planned !== undefined) ({ kept } = await engine.apply(type, config, planned.kept));
    const state = await engine.refresh(type, kept);
    bearerTokens.add(state.state?.["bearer_token"]);
    const statuses = await Promise.all([...bearerTokens].map(statusOf));
    told.push({ day, statuses, held: (await tokens()).length, isEmpty: planned?.isEmpty ?? true });
  }

  expect(timeLine.length).toBeGreaterThan(7);
  expect(told).toEqual(
    timeLine.map(({ day, tokens: cells, isApply, isEmpty }) => {
      const named = cells.filter((cell) => cell !== "");
      return {
        day,
        statuses: named.map((cell) => (cell === "works" ? 200 : 401)),
        held: named.filter((cell) => cell !== "deleted").length,
        isEmpty: day === 0 || !isApply || isEmpty,
      };
    }),
  );
});

test("every attribute in the guide's code is there, and its script reads the output of its configuration", async () => {
  const code = await Promise.all(["terraform", "hcl"].map(async (language) => readCode(page, language)));
  const [script = ""] = await readCode(page, "sh");
  const resources = code.flat().map((text) => /^resource "qumulo_access_token".*?^\}/ms.exec(text)?.[0] ?? "");
  const named = resources.flatMap((text) => [...text.matchAll(/^ {2}(\w+) +=/gm)].map(([, name = ""]) => name));

  expect(named.length).toBeGreaterThan(5);
  for (const name of named) expect(Object.keys(accessTokenSchema.attributes)).toContain(name);
  expect(code.flat().join("")).toContain(`output "${/output -raw (\w+)/.exec(script)?.[1] ?? ""}"`);
});
