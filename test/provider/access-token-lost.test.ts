import { afterAll, expect, test } from "@jest/globals";
import type { FaultDeclaration } from "../../src/simulator/index.ts";
import { type Given, reaching } from "../support/provider/given-provider.ts";
import {
  dayMs,
  type GivenSeries,
  givenSeries,
  justBefore,
  keptBy,
  refreshAndPlan,
  tokensPath,
  type,
} from "../support/provider/given-series.ts";
import { givenStack, type TokenStack } from "../support/provider/token-stack.ts";

const path = /\/access-tokens\//;

const operations: readonly [string, readonly Given[], Given][] = [
  ["create", [], keptBy("one")],
  ["create disabled", [], keptBy("one", { enabled: false })],
  ["rotate", [keptBy("one")], keptBy("two")],
  ["rotate without overlap", [keptBy("one", { overlap: "0s" })], keptBy("two", { overlap: "0s" })],
];

const status = { kind: "status", status: 503 } as const;
const answers: readonly [string, Pick<FaultDeclaration, "when" | "with"> | "late"][] = [
  ["lost before", { when: "before", with: { kind: "reset" } }],
  ["lost after", { when: "after", with: { kind: "reset" } }],
  ["503 before", { when: "before", with: status }],
  ["503 after", { when: "after", with: status }],
  ["broken after", { when: "after", with: { kind: "broken-json" } }],
  ["late", "late"],
];

const cells = operations.flatMap(([operation, before, config]) =>
  answers.flatMap(([answer, fault]) =>
    [false, true].flatMap((hasOutage) =>
      [false, true].flatMap((hasOther) =>
        (operation === "create" || operation === "rotate" ? [false, true] : [false]).map((isBlind) => ({
          operation,
          before,
          config,
          fault,
          name: `${operation}, answer ${answer}${hasOutage ? ", an outage after it" : ""}${hasOther ? ", another stack meanwhile" : ""}${isBlind ? ", no refresh" : ""}`,
          ...{ hasOutage, hasOther, isBlind },
        })),
      ),
    ),
  ),
);

const counts = { cells: 0, unnamedOrphans: 0, tokensOfOthersTouched: 0, seriesThatNeedAHand: 0 };

afterAll(() => {
  process.stdout.write(`lost answers: ${JSON.stringify(counts)}\n`);
});

/** Somebody else's token for the same user, by the same account and with the same end, as far as that can be guessed. */
async function makeOther({ signInAnew, user, clock }: GivenSeries): Promise<string> {
  const end = new Date(clock.now().getTime() + 90 * dayMs).toISOString();
  const admin = await signInAnew();
  return (await admin.post(tokensPath, { user: { auth_id: user("svc").id }, expiration_time: end })).field("id");
}

/** Lets the creation of a cell get lost. @returns what others made meanwhile, and what lets a late one go on */
async function lose(series: GivenSeries, stack: TokenStack, cell: (typeof cells)[number]) {
  const { simulator } = series;
  const others: string[] = [];
  const gate = givenGate();
  const { fault } = cell;
  const isBefore = fault !== "late" && fault.when === "before";
  const meanwhile = async (): Promise<void> => {
    if (cell.hasOther) others.push(await makeOther(series));
    if (cell.hasOutage) simulator.failNext({ method: "GET", path, times: Infinity, with: status });
    if (fault !== "late") simulator.failNext({ method: "POST", path, ...fault });
    else await gate.passed;
  };
  // What is held is carried out: where it is not to be, the others are faster.
  if (isBefore) await meanwhile();
  else simulator.failNext({ method: "POST", path, with: { kind: "hold", meanwhile } });
  const configured = { ...reaching(simulator), request_timeout: "1s", max_retries: 0 };
  await stack.run(cell.config, { isBlind: true, configured });
  simulator.clearFaults();
  return { others, gate };
}

function givenGate() {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

/** Lets what was held be carried out, and comes back when it has been. */
async function letGo({ simulator, statusOf }: GivenSeries, { open }: ReturnType<typeof givenGate>): Promise<void> {
  const posts = () =>
    simulator.requests.filter(({ method, path: at }) => method === "POST" && at.includes("/access-tokens/")).length;
  const before = posts();
  open();
  // It is logged once it has been answered; nobody reads the answer any more.
  while (posts() === before) await statusOf("nobody's");
}

async function countOthers({ tokens, signInAnew }: GivenSeries, others: readonly string[]): Promise<void> {
  const there = (await tokens()).map(({ id }) => id);
  for (const id of others) {
    if (!there.includes(id)) counts.tokensOfOthersTouched += 1;
    await (await signInAnew()).delete(`${tokensPath}${id}`);
  }
}

test.each(cells)("$name: nothing is left unnamed, and the series goes on", async (cell) => {
  const series = await givenSeries();
  const { newEngine, tokens, statusOf } = series;
  const stack = givenStack(series);
  for (const config of cell.before) await stack.run(config);

  const { others, gate } = await lose(series, stack, cell);
  await stack.run(cell.config, { isBlind: cell.isBlind });
  if (cell.fault === "late") await letGo(series, gate);
  await stack.run(cell.config);
  await countOthers(series, others);
  await stack.run(cell.config);
  const last = await stack.run(cell.config);

  const plan = await refreshAndPlan(await newEngine(), cell.config, last.kept);
  const managed = JSON.stringify([last.state?.["id"], last.state?.["previous_token"]]);
  const orphans = (await tokens()).filter(({ id }) => !managed.includes(id));
  const isAccepted = (await statusOf(last.state?.["bearer_token"])) === (cell.config["enabled"] === false ? 401 : 200);
  count({ isWell: plan.isEmpty && isAccepted, unnamed: orphans.filter(({ id }) => !stack.names(id)) });
  expect({ errors: [...last.errors, ...plan.errors], isEmpty: plan.isEmpty, isAccepted, orphans }).toEqual({
    errors: [],
    isEmpty: true,
    isAccepted: true,
    orphans: [],
  });
});

function count({ isWell, unnamed }: { readonly isWell: boolean; readonly unnamed: readonly unknown[] }): void {
  counts.cells += 1;
  if (!isWell) counts.seriesThatNeedAHand += 1;
  counts.unnamedOrphans += unnamed.length;
}

test("no cell left an unnamed orphan, touched a token of others, or needed a hand", () => {
  expect(counts).toEqual({
    cells: cells.length,
    unnamedOrphans: 0,
    tokensOfOthersTouched: 0,
    seriesThatNeedAHand: 0,
  });
});

test("a create whose answer is lost leaves an object without an id, and says what the next run does", async () => {
  const { engine, simulator } = await givenSeries();
  simulator.failNext({ method: "POST", path, when: "before", with: { kind: "reset" } });

  const created = await engine.apply(type, keptBy("one"));

  expect(created.errors).toMatchObject([{ summary: "Whether an access token for local:svc was created is unknown" }]);
  expect(created.errors[0]?.detail).toContain("may still carry out the request");
  expect(created.errors[0]?.detail).toContain("Run the same command again");
  expect(created.state).toMatchObject({
    id: null,
    bearer_token: null,
    identity: { auth_id: expect.any(String) },
    expiration_time: expect.stringMatching(justBefore("2026-05-31T08:00:00Z")),
  });
});

test("a destroy deletes what is left of a create whose answer was lost, and otherwise says what to look for", async () => {
  const { engine, simulator, tokens } = await givenSeries();
  simulator.failNext({ method: "POST", path, when: "after", with: { kind: "reset" } });
  simulator.failNext({ method: "GET", path, times: Infinity, with: { kind: "status", status: 500 } });
  const left = await engine.apply(type, keptBy("one"));
  simulator.clearFaults();
  const before = await tokens();
  const destroyed = await engine.destroy(type, left.kept);
  simulator.failNext({ method: "POST", path, when: "before", with: { kind: "reset" } });
  const unmade = await engine.apply(type, keptBy("one"));
  const unknown = await engine.destroy(type, unmade.kept);

  expect(before).toHaveLength(1);
  expect(destroyed).toMatchObject({ errors: [], state: null });
  expect(await tokens()).toEqual([]);
  expect(unknown).toMatchObject({ errors: [], state: null });
  expect(unknown.warnings[0]?.detail).toContain("qq auth_delete_access_token");
});

test("two series for one user, spelled differently, are made one after the other, and none takes the other's token", async () => {
  const { engine, simulator, tokens, user } = await givenSeries();
  simulator.failNext({ method: "POST", path, when: "after", with: { kind: "reset" } });

  const outcomes = await Promise.all([
    engine.apply(type, keptBy("one")),
    engine.apply(type, keptBy("one", { user: `auth_id:${user("svc").id}` })),
  ]);

  const made = outcomes.filter(({ errors }) => errors.length === 0);
  expect(made).toHaveLength(1);
  expect(await tokens()).toMatchObject([{ id: made[0]?.state?.["id"] }]);
});

test("a token that no series manages is named by a read, and one of another series is not", async () => {
  const { engine, admin, user } = await givenSeries();
  const [first, second] = [await engine.apply(type, keptBy("one")), await engine.apply(type, keptBy("two"))];
  const both = await Promise.all([engine.refresh(type, first.kept), engine.refresh(type, second.kept)]);
  await engine.destroy(type, second.kept);
  const stranger = await admin.post(tokensPath, { user: { auth_id: user("svc").id } });

  const { warnings } = await engine.refresh(type, first.kept);

  expect(both.flatMap((read) => read.warnings)).toEqual([]);
  expect(warnings).toMatchObject([{ detail: expect.stringContaining(stranger.field("id")) }]);
  expect(warnings[0]?.detail).toContain("qq auth_delete_access_token");
});

test("the plan of a create names a token of the user that is in no state, as an interrupted create leaves one", async () => {
  const { engine, admin, user } = await givenSeries();
  const left = await admin.post(tokensPath, { user: { auth_id: user("svc").id } });

  const planned = await engine.plan(type, keptBy("one"));

  expect(planned.errors).toEqual([]);
  expect(planned.warnings).toMatchObject([{ detail: expect.stringContaining(left.field("id")) }]);
});

test.each(["0s", "24h"])(
  "a rotation with an overlap of %s whose engine dies keeps the old token alone",
  async (overlap) => {
    const { engine, newEngineFor, simulator, tokens, statusOf } = await givenSeries();
    const created = await engine.apply(type, keptBy("one", { overlap }));
    const gone = new AbortController();
    const dying = await newEngineFor({ gone: gone.signal, undoEnd: new AbortController().signal });
    const meanwhile = async (): Promise<void> => {
      gone.abort();
      return Promise.resolve();
    };
    simulator.failNext({ method: "POST", path, with: { kind: "hold", meanwhile } });

    await dying.apply(type, keptBy("two", { overlap }), created.kept);

    expect(await tokens()).toMatchObject([
      { id: created.state?.["id"], expiration_time: created.state?.["expiration_time"] },
    ]);
    expect(await statusOf(created.state?.["bearer_token"])).toBe(200);
  },
);

test("a create whose engine dies leaves no token", async () => {
  const { newEngineFor, simulator, tokens } = await givenSeries();
  const gone = new AbortController();
  const dying = await newEngineFor({ gone: gone.signal, undoEnd: new AbortController().signal });
  const meanwhile = async (): Promise<void> => {
    gone.abort();
    return Promise.resolve();
  };
  simulator.failNext({ method: "POST", path, with: { kind: "hold", meanwhile } });

  await dying.apply(type, keptBy("one"));

  expect(await tokens()).toEqual([]);
});

test("an older state that was restored names the successor, and does not prolong the old token", async () => {
  const { engine, newEngine, clock } = await givenSeries();
  const created = await engine.apply(type, keptBy("one"));
  clock.advance(dayMs);
  const rotated = await engine.apply(type, keptBy("two"), created.kept);

  const restored = await newEngine();
  const read = await restored.refresh(type, created.kept);
  const planned = await restored.plan(type, keptBy("one"), read.kept);

  expect(read.warnings).toMatchObject([{ detail: expect.stringContaining(String(rotated.state?.["id"])) }]);
  expect(planned).toMatchObject({ isEmpty: true, errors: [] });
});

test("in an overlap, disabling a series whose token was deleted silences the previous secret too", async () => {
  const { engine, admin, statusOf } = await givenSeries();
  const created = await engine.apply(type, keptBy("one"));
  const rotated = await engine.apply(type, keptBy("two"), created.kept);
  await admin.delete(`${tokensPath}${String(rotated.state?.["id"])}`);
  const read = await engine.refresh(type, rotated.kept);

  const disabled = await engine.apply(type, keptBy("two", { enabled: false }), read.kept);

  expect(disabled.errors).toEqual([]);
  for (const { state } of [created, rotated, disabled]) expect(await statusOf(state?.["bearer_token"])).toBe(401);
});

test("an expired token is rotated in one apply", async () => {
  const { engine, clock } = await givenSeries();
  const created = await engine.apply(type, keptBy("one"));
  clock.advance(91 * dayMs);
  const read = await engine.refresh(type, created.kept);

  const rotated = await engine.apply(type, keptBy("one"), read.kept);

  expect(rotated).toMatchObject({ errors: [], state: { previous_token: null } });
  expect((await refreshAndPlan(engine, keptBy("one"), rotated.kept)).isEmpty).toBe(true);
});
