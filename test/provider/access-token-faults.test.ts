import { expect, test } from "@jest/globals";
import type { FaultDeclaration } from "../../src/simulator/index.ts";
import type { Engine, Given, Kept } from "../support/provider/given-provider.ts";
import {
  dayMs,
  type GivenSeries,
  givenSeries,
  keptBy,
  refreshAndApply,
  refreshAndPlan,
  tokensPath,
  type,
} from "../support/provider/given-series.ts";

const path = /\/access-tokens\//;
const status = { kind: "status", status: 500 } as const;
const reset = { kind: "reset" } as const;

/** Every request about access tokens that a run makes may go wrong, before or after the cluster has done it. */
const faults: readonly [string, Pick<FaultDeclaration, "method" | "when" | "with">][] = (
  ["GET", "POST", "PATCH", "DELETE"] as const
).flatMap((method) =>
  (["before", "after"] as const).flatMap(
    (when) =>
      [
        [`${method} refused ${when}`, { method, when, with: status }],
        [`${method} lost ${when}`, { method, when, with: reset }],
      ] satisfies [string, Pick<FaultDeclaration, "method" | "when" | "with">][],
  ),
);

interface Step {
  readonly first?: Given;
  readonly second?: Given;
  readonly third: Given;
  readonly waitMs?: number;
}

const steps: readonly [string, Step][] = [
  ["create", { third: keptBy("one") }],
  ["create disabled", { third: keptBy("one", { enabled: false }) }],
  ["rotate", { first: keptBy("one"), third: keptBy("two") }],
  ["rotate without overlap", { first: keptBy("one", { overlap: "0s" }), third: keptBy("two", { overlap: "0s" }) }],
  ["rotate twice", { first: keptBy("one"), second: keptBy("two"), third: keptBy("three") }],
  ["rotate and disable", { first: keptBy("one"), third: keptBy("two", { enabled: false }) }],
  ["rotate and enable", { first: keptBy("one", { enabled: false }), third: keptBy("two") }],
  ["disable in the overlap", { first: keptBy("one"), second: keptBy("two"), third: keptBy("two", { enabled: false }) }],
  ["clean up", { first: keptBy("one"), second: keptBy("two"), third: keptBy("two"), waitMs: 2 * dayMs }],
];

const unreadable: typeof faults = [
  ["POST answered without a body", { method: "POST", when: "after", with: { kind: "empty-body" } }],
  ["POST answered with broken JSON", { method: "POST", when: "after", with: { kind: "broken-json" } }],
];

const cases = steps.flatMap(([name, step]) =>
  [...faults, ...unreadable].map(([fault, declared]) => ({ name, fault, step, declared })),
);

async function applyAll(engine: Engine, configs: readonly (Given | undefined)[]): Promise<Kept | undefined> {
  let kept: Kept | undefined;
  for (const config of configs) {
    if (config !== undefined) kept = (await engine.apply(type, config, kept)).kept;
  }
  return kept;
}

async function refreshed(engine: Engine, kept: Kept | undefined): Promise<Kept | undefined> {
  return kept === undefined ? undefined : (await engine.refresh(type, kept)).kept;
}

/** What is on the cluster and in no series must have been named. */
async function expectNothingForgotten(
  { tokens, signInAnew }: GivenSeries,
  state: Readonly<Record<string, unknown>> | null,
  said: string,
): Promise<void> {
  const managed = JSON.stringify([state?.["id"], state?.["previous_token"]]);
  for (const { id } of await tokens()) {
    if (managed.includes(`"${id}"`)) continue;
    expect(said).toContain(id);
    await (await signInAnew()).delete(`${tokensPath}${id}`);
  }
}

test.each(cases)("$name, $fault: a plain second apply ends in the wanted state", async ({ step, declared }) => {
  const series = await givenSeries();
  const { engine, simulator, clock, statusOf, tokens, newEngine } = series;
  const before = await applyAll(engine, [step.first, step.second]);
  clock.advance(step.waitMs ?? 0);
  const current = await refreshed(engine, before);

  simulator.failNext({ ...declared, path });
  const failed = await (await newEngine()).apply(type, step.third, current);
  simulator.clearFaults();
  await expectNothingForgotten(series, failed.state, JSON.stringify(failed.errors));
  const finished = await finish(await newEngine(), step.third, failed.state === null ? undefined : failed.kept);

  expect(finished.errors).toEqual([]);
  expect(await statusOf(finished.state?.["bearer_token"])).toBe(step.third["enabled"] === false ? 401 : 200);
  const plan = await refreshAndPlan(await newEngine(), step.third, finished.kept);
  expect(plan).toMatchObject({ isEmpty: true, planned: finished.state });
  const managed = JSON.stringify([finished.state?.["id"], finished.state?.["previous_token"]]);
  for (const { id, enabled } of await tokens()) {
    expect(managed).toContain(id);
    expect(enabled).toBe(step.third["enabled"] !== false);
  }
});

async function finish(engine: Engine, config: Given, kept: Kept | undefined) {
  return kept === undefined ? engine.apply(type, config) : refreshAndApply(engine, config, kept);
}

test("whatever step of a rotation fails, the new secret is in state, and a blind plan goes on from there", async () => {
  const { engine, simulator, statusOf } = await givenSeries();
  const created = await engine.apply(type, keptBy("one"));
  simulator.failNext({ method: "PATCH", path, with: status });

  const failed = await engine.apply(type, keptBy("two"), created.kept);
  const planned = await engine.plan(type, keptBy("two"), failed.kept);
  const finished = await engine.apply(type, keptBy("two"), failed.kept);

  expect(failed.errors).toHaveLength(1);
  expect(failed.state?.["id"]).not.toBe(created.state?.["id"]);
  expect(await statusOf(failed.state?.["bearer_token"])).toBe(200);
  expect(failed.state).toMatchObject({
    previous_token: { id: created.state?.["id"], expiration_time: created.state?.["expiration_time"] },
  });
  expect(planned.planned).toMatchObject({
    id: failed.state?.["id"],
    previous_token: { expiration_time: "2026-03-03T08:00:00.000Z" },
  });
  expect(finished.errors).toEqual([]);
  expect((await refreshAndPlan(engine, keptBy("two"), finished.kept)).isEmpty).toBe(true);
});

test("a rotation whose creation fails stays due, and the keepers in state are still the old ones", async () => {
  const { engine, simulator, statusOf } = await givenSeries();
  const created = await engine.apply(type, keptBy("one"));
  simulator.failNext({ method: "POST", path, with: status });

  const failed = await engine.apply(type, keptBy("two"), created.kept);

  expect(failed.errors).toHaveLength(1);
  expect(failed.state).toEqual(created.state);
  expect((await engine.plan(type, keptBy("two"), failed.kept)).planned?.["id"]).toBe("(unknown)");
  expect(await statusOf(created.state?.["bearer_token"])).toBe(200);
});

test("a rotation whose answer is lost deletes the orphan that is provably its own, and leaves the old token alone", async () => {
  const { engine, simulator, tokens, clock } = await givenSeries();
  const created = await engine.apply(type, keptBy("one"));
  clock.advance(dayMs / 4);
  simulator.failNext({ method: "POST", path, when: "after", with: reset });

  const failed = await engine.apply(type, keptBy("two"), created.kept);

  expect(failed.errors).toMatchObject([{ detail: expect.stringContaining("nothing is left behind") }]);
  expect(failed.state).toEqual(created.state);
  expect(await tokens()).toMatchObject([
    { id: created.state?.["id"], expiration_time: created.state?.["expiration_time"] },
  ]);
});

test("a token of another account that came at the same time is named and left alone", async () => {
  const { engine, simulator, tokens, holderOf, user } = await givenSeries();
  const created = await engine.apply(type, keptBy("one"));
  const other = await holderOf("PRIVILEGE_ACCESS_TOKENS_WRITE");
  const planned = await engine.plan(type, keptBy("two"), created.kept);
  const theirs = await other.post(tokensPath, {
    user: { auth_id: user("svc").id },
    expiration_time: "2026-05-31T08:00:00Z",
  });
  simulator.failNext({ method: "POST", path, with: reset });

  const failed = await engine.apply(type, keptBy("two"), created.kept);

  expect(planned.warnings).toHaveLength(1);
  expect(failed.errors).toHaveLength(1);
  expect((await tokens()).map(({ id }) => id)).toContain(theirs.field("id"));
});

test("no message of a rotation holds a secret", async () => {
  const { engine, simulator } = await givenSeries();
  const created = await engine.apply(type, keptBy("one"));
  simulator.failNext({ method: "PATCH", path, with: status });
  const failed = await engine.apply(type, keptBy("two"), created.kept);
  const rotated = await engine.apply(type, keptBy("three"), failed.kept);

  const said = JSON.stringify([created, failed, rotated].map(({ errors, warnings }) => [errors, warnings]));

  for (const { state, kept } of [created, failed, rotated]) {
    expect(said).not.toContain(String(state?.["bearer_token"]));
    expect(Buffer.from(kept.private).toString()).not.toContain("access-v1");
  }
});
