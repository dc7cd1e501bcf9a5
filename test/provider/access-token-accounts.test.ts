import { expect, test } from "@jest/globals";
import { type Engine, type Given, givenEngine } from "../support/provider/given-provider.ts";
import {
  dayMs,
  type GivenSeries,
  givenSeries,
  isAsPlanned,
  keptBy,
  refreshAndApply,
  refreshAndPlan,
  rotating,
  tokensPath,
  type,
} from "../support/provider/given-series.ts";
import { mapOfValues, undecided } from "../support/provider/values.ts";

/** Deletes `svc`. */
async function unmake({ admin, user }: GivenSeries): Promise<void> {
  expect((await admin.delete(`/v1/users/${user("svc").id}`)).status).toBe(200);
}

/** Makes a user. @returns its id */
async function make({ admin }: GivenSeries, name: string): Promise<string> {
  const password = "Test-Passw0rd";
  return (await admin.post("/v1/users/", { name, primary_group: "513", password })).field("id");
}

async function rename({ admin, user }: GivenSeries, name: string): Promise<void> {
  const { id } = user("svc");
  const settings = { id, name, primary_group: "513", uid: "", home_directory: null };
  expect((await admin.put(`/v1/users/${id}`, settings)).status).toBe(200);
}

async function remake(series: GivenSeries): Promise<string> {
  await unmake(series);
  return make(series, "svc");
}

async function tokensOf({ signInAnew }: GivenSeries, authId: string): Promise<readonly { readonly id: string }[]> {
  const { body } = await (await signInAnew()).get(`${tokensPath}?user=auth_id:${authId}`);
  // The shape is the simulator's own.
  return (body as { readonly entries: readonly { readonly id: string }[] }).entries;
}

test("a rotation for an account that was made again, as an administrator, is refused, and makes nothing", async () => {
  const series = await givenSeries();
  const { engine, clock, signInAnew } = series;
  const created = await engine.apply(type, rotating);
  const newId = await remake(series);
  await (await signInAnew()).post("/v1/auth/roles/Administrators/members", { auth_id: newId });
  clock.advance(80 * dayMs);

  const planned = await refreshAndPlan(engine, rotating, created.kept);
  const applied = await refreshAndApply(engine, rotating, created.kept);

  for (const { errors } of [planned, applied]) {
    expect(errors).toMatchObject([{ summary: "Access token for an administrator", attribute: ["user"] }]);
  }
  expect(await tokensOf(series, newId)).toEqual([]);
});

test("an account that was made again is a rotation, which the plan shows with both ids", async () => {
  const series = await givenSeries();
  const { engine, user, statusOf } = series;
  const created = await engine.apply(type, rotating);
  const oldId = user("svc").id;
  const newId = await remake(series);

  const planned = await refreshAndPlan(engine, rotating, created.kept);
  const applied = await refreshAndApply(engine, rotating, created.kept);

  expect(planned.planned).toMatchObject({ id: "(unknown)", identity: { auth_id: newId }, previous_token: null });
  expect(planned.warnings[0]?.detail).toContain(`means the account ${newId}`);
  expect(planned.warnings[0]?.detail).toContain(`belongs to the account ${oldId}`);
  expect(applied.errors).toEqual([]);
  expect(isAsPlanned(planned.planned, applied.state)).toBe(true);
  expect(applied.state).toMatchObject({ user: "local:svc", identity: { auth_id: newId } });
  expect(await statusOf(created.state?.["bearer_token"])).toBe(401);
  expect(await statusOf(applied.state?.["bearer_token"])).toBe(200);
  expect(await refreshAndPlan(engine, rotating, applied.kept)).toMatchObject({ isEmpty: true, warnings: [] });
});

test("a name that was given to another account is a rotation, in whose overlap the renamed account keeps its token", async () => {
  const series = await givenSeries();
  const { engine, statusOf } = series;
  const created = await engine.apply(type, rotating);
  await rename(series, "svc-b");
  const newId = await make(series, "svc");

  const applied = await refreshAndApply(engine, rotating, created.kept);

  expect(applied.state).toMatchObject({ identity: { auth_id: newId }, previous_token: { id: created.state?.["id"] } });
  for (const { state } of [created, applied]) expect(await statusOf(state?.["bearer_token"])).toBe(200);
  expect((await refreshAndPlan(engine, rotating, applied.kept)).isEmpty).toBe(true);
});

test("a plan that makes the missing user again rotates its token", async () => {
  const series = await givenSeries();
  const created = await series.engine.apply(type, rotating);
  await unmake(series);
  const engine = await series.newEngine();
  const read = await engine.refresh(type, created.kept);

  await engine.plan("qumulo_local_user", { name: "svc" });
  const planned = await engine.plan(type, rotating, read.kept);
  await engine.apply("qumulo_local_user", { name: "svc" });
  const applied = await engine.apply(type, rotating, read.kept);

  expect(planned).toMatchObject({ replaces: [], planned: { id: "(unknown)", identity: "(unknown)" }, errors: [] });
  expect(applied.errors).toEqual([]);
  expect(isAsPlanned(planned.planned, applied.state)).toBe(true);
  expect(await series.statusOf(applied.state?.["bearer_token"])).toBe(200);
  expect(await refreshAndPlan(engine, rotating, applied.kept)).toMatchObject({ isEmpty: true, warnings: [] });
});

test.each(["by name", "by id"])("a token whose user is gone, given %s, is not called unchanged", async (form) => {
  const series = await givenSeries();
  const { engine, user } = series;
  const config: Given = { ...rotating, user: form === "by name" ? "local:svc" : `auth_id:${user("svc").id}` };
  const created = await engine.apply(type, config);
  await unmake(series);

  const planned = await refreshAndPlan(engine, config, created.kept);
  const applied = await refreshAndApply(engine, config, created.kept);

  expect(planned.isEmpty).toBe(false);
  expect(planned.warnings[0]?.detail).toContain("was deleted");
  expect(applied.errors).toMatchObject([{ attribute: ["user"] }]);
  expect(applied.state?.["id"]).toBe(created.state?.["id"]);
});

test("what was planned for one account is refused for another that came in between, and nothing is made", async () => {
  const series = await givenSeries();
  const { engine, user } = series;
  const created = await engine.apply(type, keptBy("one"));
  const read = await engine.refresh(type, created.kept);
  const oldId = user("svc").id;
  await rename(series, "svc-b");
  const newId = await make(series, "svc");

  const applied = await engine.apply(type, keptBy("two"), read.kept);

  expect(applied.errors).toMatchObject([{ summary: "User is a different account than in the plan" }]);
  expect(applied.errors[0]?.detail).toContain(oldId);
  expect(applied.errors[0]?.detail).toContain(newId);
  expect(applied.state).toEqual(read.state);
  expect(await tokensOf(series, newId)).toEqual([]);
});

test("a user who is renamed behind a reference keeps the token, and state takes the new name over", async () => {
  const series = await givenSeries();
  const created = await series.engine.apply(type, rotating);
  const { user, newEngine, statusOf } = series;
  const engine = await newEngine();
  const imported = await engine.importById("qumulo_local_user", user("svc").id);
  const renamed = { ...rotating, user: "local:svc-b" };

  await engine.plan("qumulo_local_user", { name: "svc-b" }, imported.kept);
  const planned = await engine.plan(type, renamed, (await engine.refresh(type, created.kept)).kept);
  await engine.apply("qumulo_local_user", { name: "svc-b" }, imported.kept);
  const applied = await engine.apply(type, renamed, created.kept);

  expect(planned).toMatchObject({ replaces: [], warnings: [], errors: [] });
  expect(planned.planned).toMatchObject({ user: "local:svc-b", id: created.state?.["id"] });
  expect(applied.errors).toEqual([]);
  expect(isAsPlanned(planned.planned, applied.state)).toBe(true);
  expect(applied.state).toMatchObject({ id: created.state?.["id"], identity: { name: "svc-b" } });
  expect(await statusOf(created.state?.["bearer_token"])).toBe(200);
  expect((await refreshAndPlan(engine, renamed, applied.kept)).isEmpty).toBe(true);
});

/** What may happen to a token and its user between a plan and its apply. */
const meanwhile: readonly [string, (series: GivenSeries, id: string) => Promise<unknown>][] = [
  ["disabled", async ({ admin }, id) => admin.patch(`${tokensPath}${id}`, { enabled: false })],
  [
    "ended earlier",
    async ({ admin }, id) => admin.patch(`${tokensPath}${id}`, { expiration_time: "2026-04-01T00:00:00Z" }),
  ],
  [
    "ended later",
    async ({ admin }, id) => admin.patch(`${tokensPath}${id}`, { expiration_time: "2026-12-01T00:00:00Z" }),
  ],
  ["deleted", async ({ admin }, id) => admin.delete(`${tokensPath}${id}`)],
  ["left without its user", async (series) => unmake(series)],
  ["left with a renamed user", async (series) => rename(series, "svc-b")],
  ["left with a user who was made again", async (series) => remake(series)],
  ["left alone", async () => Promise.resolve()],
];

const base: Given = { ...rotating, rotate_when_changed: mapOfValues({ keeper: "one" }) };

const changes: readonly [string, Given][] = [
  ["disabling it", { ...base, enabled: false }],
  ["another life", { ...base, expires_in: "60d" }],
  ["another overlap", { ...base, overlap: "48h" }],
  ["a rotation", { ...base, rotate_when_changed: mapOfValues({ keeper: "two" }) }],
  ["a rotation without overlap", { ...base, overlap: "0s", rotate_when_changed: mapOfValues({ keeper: "two" }) }],
  ["a rotation that disables", { ...base, enabled: false, rotate_when_changed: mapOfValues({ keeper: "two" }) }],
  ["another user", { ...base, user: "local:other" }],
  ["its id for its name", { ...base, user: "auth_id:1000" }],
  ["a never ending life", { user: "local:svc" }],
  ["nothing", base],
];

const saved = changes.flatMap(([change, config]) =>
  meanwhile.map(([event, happen]) => ({ change, config, event, happen })),
);

test.each(saved)(
  "a saved plan of $change for a token that was $event answers as planned or is refused",
  async (cell) => {
    const series = await givenSeries();
    const { engine } = series;
    const created = await engine.apply(type, base);
    const read = await engine.refresh(type, created.kept);
    const planned = await engine.plan(type, cell.config, read.kept);

    await cell.happen(series, String(created.state?.["id"]));
    const applied = await applySaved(engine, cell.config, { kept: read.kept, planned });
    const healed = await settle(engine, cell.config, applied);

    if (applied.errors.length === 0) expect(isAsPlanned(planned.planned, applied.state)).toBe(true);
    else expect(applied.errors.map(({ summary }) => summary).join()).not.toMatch(/unexpected|could not be updated/);
    expect(healed).toBe(true);
  },
);

type Read = Awaited<ReturnType<Engine["refresh"]>>["kept"];

/** Engines plan once more while they apply, and take no other plan. */
async function applySaved(
  engine: Engine,
  config: Given,
  {
    kept,
    planned,
  }: { readonly kept: Read; readonly planned: { readonly planned: unknown; readonly isEmpty: boolean } },
) {
  const again = await engine.plan(type, config, kept);
  if (again.errors.length === 0) expect(isAsPlanned(planned.planned, again.planned)).toBe(true);
  if (planned.isEmpty) return { errors: [], warnings: [], kept, state: planned.planned as Read["state"] & object };
  return engine.apply(type, config, kept);
}

/** Whether the series comes to rest by plans and applies, or says that somebody must name another user. */
async function settle(engine: Engine, config: Given, applied: { readonly kept: Read }): Promise<boolean> {
  let { kept } = applied;
  for (let run = 0; run < 3; run += 1) {
    const read = await engine.refresh(type, kept);
    const outcome = await engine.apply(type, config, read.state === null ? undefined : read.kept);
    if (outcome.errors.length > 0) return outcome.errors.every(({ attribute }) => attribute?.[0] === "user");
    ({ kept } = outcome);
    if ((await refreshAndPlan(engine, config, kept)).isEmpty) return true;
  }
  return false;
}

test("whether users are still the same is said not to be checked, where the provider's own account may not look", async () => {
  const { simulator, clock, holderOf } = await givenSeries();
  const holder = await holderOf("PRIVILEGE_ACCESS_TOKENS_READ", "PRIVILEGE_ACCESS_TOKENS_WRITE");
  const engine = await givenEngine(simulator, { clock });
  const created = await engine.apply(type, rotating);
  const { host, port, certificatePem } = simulator;
  await engine.configure({ host, port, ca_pem: certificatePem, bearer_token: holder.bearerToken ?? "" });

  const read = await engine.refresh(type, created.kept);

  expect(read.errors).toEqual([]);
  expect(read.warnings).toMatchObject([{ summary: expect.stringContaining("are not checked") }]);
});

test("a cluster whose own look-up still finds removed accounts changes nothing of that", async () => {
  const series = await givenSeries({ variations: { removedNamesLinger: true } });
  const { engine, statusOf } = series;
  const created = await engine.apply(type, rotating);
  const newId = await remake(series);

  const applied = await refreshAndApply(engine, rotating, created.kept);
  const other = await engine.apply(type, { ...rotating, user: "svc", rotate_before_expiry: null });

  expect(applied).toMatchObject({ errors: [], state: { identity: { auth_id: newId } } });
  expect(other).toMatchObject({ errors: [], state: { identity: { auth_id: newId } } });
  expect(await statusOf(applied.state?.["bearer_token"])).toBe(200);
});

test("an account that is known only while applying is judged then", async () => {
  const series = await givenSeries();
  const { engine, admin, user } = series;
  await admin.post("/v1/auth/roles/Administrators/members", { auth_id: user("other").id });
  const created = await engine.apply(type, rotating);

  const planned = await engine.plan(type, { ...rotating, user: undecided }, created.kept);
  const applied = await engine.apply(type, { ...rotating, user: "local:other" }, created.kept);

  expect(planned.errors).toEqual([]);
  expect(applied.errors).toMatchObject([{ summary: "Access token for an administrator" }]);
  expect(await tokensOf(series, user("other").id)).toEqual([]);
});
