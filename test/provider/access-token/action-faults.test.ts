import { describe, expect, test } from "@jest/globals";
import type { FaultDeclaration } from "../../../src/simulator/index.ts";
import type { Given, Invoked } from "../../support/provider/given-provider.ts";
import { disable, end, type GivenRotated, givenRotated, revoke } from "../../support/provider/given-rotated.ts";

/** Every request about access tokens that an action makes may go wrong, once or whenever it is made. */
const kinds: readonly FaultDeclaration["with"][] = [
  { kind: "reset" },
  { kind: "empty-body" },
  { kind: "broken-json" },
  { kind: "web-page" },
  ...[401, 403, 500, 503].map((status) => ({ kind: "status", status }) as const),
];

interface NamedFault {
  readonly fault: string;
  readonly declared: FaultDeclaration;
}

function faultsOf(method: string): readonly NamedFault[] {
  return (["before", "after"] as const).flatMap((when) =>
    kinds.flatMap((kind) =>
      [1, Infinity].map((times) => ({
        fault: `${method} ${kind.kind}${kind.kind === "status" ? ` ${kind.status}` : ""} ${when}, ${times} times`,
        declared: { method, when, times, with: kind, path: /access-tokens/ },
      })),
    ),
  );
}

interface Act {
  readonly name: string;
  readonly methods: readonly string[];
  readonly of: (series: GivenRotated) => Given;
  /** What becomes of the token before, and of the one in use. */
  readonly wanted: readonly number[];
}

const acts: readonly Act[] = [
  { name: revoke, methods: ["GET", "DELETE"], of: () => ({ user: "local:svc" }), wanted: [401, 401] },
  { name: disable, methods: ["GET", "PATCH"], of: ({ current }) => ({ id: current }), wanted: [200, 401] },
  {
    name: end,
    methods: ["GET", "DELETE"],
    of: ({ previous, current }) => ({ previous_id: previous, successor_id: current }),
    wanted: [401, 200],
  },
];

const cases = acts.flatMap((act) => act.methods.flatMap(faultsOf).map((fault) => ({ ...act, ...fault })));

function advice({ errors }: Invoked): string {
  return errors.map(({ summary, detail }) => `${summary}: ${detail}`).join("\n");
}

test.each(cases)(
  "$name, $fault: what it says is so, and invoking it again does the rest",
  async ({ name, of, declared, wanted }) => {
    const series = await givenRotated();
    const { engine, simulator, newEngine, statuses, previous, current } = series;

    simulator.failNext(declared);
    const first = await engine.invoke(name, of(series));
    simulator.clearFaults();
    const after = await statuses();
    const second = await (await newEngine()).invoke(name, of(series));

    // Success is only claimed of what is done.
    if (first.errors.length === 0) expect(after).toEqual(wanted);
    for (const [index, id] of [previous, current].entries()) {
      if (after[index] === 200)
        expect(first.progress.join("\n")).not.toMatch(new RegExp(`(Deleted|Disabled) the access token ${id}`));
    }
    expect(second.errors).toEqual([]);
    expect(await statuses()).toEqual(wanted);
  },
);

describe("an answer that stays lost", () => {
  test.each([
    { name: revoke, method: "DELETE", of: (): Given => ({ user: "local:svc" }) },
    { name: disable, method: "PATCH", of: ({ current }: GivenRotated): Given => ({ id: current }) },
  ])("is told as unknown by $name, with what to do", async ({ name, method, of }) => {
    const series = await givenRotated();
    const { simulator } = series;
    const lost = { times: Infinity, path: /access-tokens/, with: { kind: "reset" } } as const;

    simulator.failNext({ ...lost, method });
    // What it looks for before it begins, it finds.
    simulator.failNext({ ...lost, method: "GET", skip: name === revoke ? 1 : 0 });
    const invoked = await series.engine.invoke(name, of(series));

    expect(advice(invoked)).toMatch(/Whether access token \d+ (was deleted|is disabled) is unknown/);
    expect(advice(invoked)).toContain("may still work");
    expect(advice(invoked)).toContain("Invoke the action again");
  });
});
