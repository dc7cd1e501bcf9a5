import { expect, test } from "@jest/globals";
import {
  dayMs,
  givenSeries,
  hourMs,
  isAsPlanned,
  justBefore,
  keptBy,
  refreshAndApply,
  refreshAndPlan,
  rotating,
  tokensPath,
  type,
} from "../support/provider/given-series.ts";
import { Finished, mapOfValues, undecided } from "../support/provider/values.ts";

test("changing a keeper rotates in place: the plan says what, why and until when, and shows the retiring token", async () => {
  const { engine } = await givenSeries();
  const created = await engine.apply(type, keptBy("one"));

  const planned = await engine.plan(type, keptBy("two"), created.kept);

  expect(planned).toMatchObject({
    replaces: [],
    errors: [],
    planned: {
      id: "(unknown)",
      bearer_token: "(unknown)",
      creation_time: "(unknown)",
      expiration_time: "(unknown)",
      expired: false,
      identity: created.state?.["identity"],
      previous_token: { id: created.state?.["id"], expiration_time: "(unknown)" },
    },
  });
  expect(planned.warnings).toHaveLength(1);
  expect(planned.warnings[0]?.summary).toBe("Access token will be rotated");
  for (const part of ["rotate_when_changed", String(created.state?.["id"]), "24h"]) {
    expect(planned.warnings[0]?.detail).toContain(part);
  }
});

test("a rotation hands out a new token while the old one works until the overlap is over", async () => {
  const { engine, clock, statusOf, tokens } = await givenSeries();
  const created = await engine.apply(type, keptBy("one"));
  const planned = await engine.plan(type, keptBy("two"), created.kept);

  const rotated = await engine.apply(type, keptBy("two"), created.kept);

  const [old, fresh] = [created.state?.["bearer_token"], rotated.state?.["bearer_token"]];
  expect(rotated.errors).toEqual([]);
  expect(isAsPlanned(planned.planned, rotated.state)).toBe(true);
  expect(rotated.state?.["previous_token"]).toEqual({
    id: created.state?.["id"],
    expiration_time: "2026-03-03T08:00:00Z",
  });
  expect(await tokens()).toHaveLength(2);
  expect([await statusOf(old), await statusOf(fresh)]).toEqual([200, 200]);
  clock.advance(dayMs - 1);
  expect(await statusOf(old)).toBe(200);
  clock.advance(1);
  expect([await statusOf(old), await statusOf(fresh)]).toEqual([401, 200]);
});

test("after a rotation the next plan is empty, with and without a refresh", async () => {
  const { engine } = await givenSeries();
  const created = await engine.apply(type, keptBy("one"));

  const rotated = await engine.apply(type, keptBy("two"), created.kept);

  const refreshed = await engine.refresh(type, rotated.kept);
  expect(refreshed.state).toEqual(rotated.state);
  for (const kept of [rotated.kept, refreshed.kept]) {
    expect(await engine.plan(type, keptBy("two"), kept)).toMatchObject({ isEmpty: true, warnings: [], errors: [] });
  }
});

test("a rotation asks the cluster for a list, the old token, a creation, one change of the old token, and the new one", async () => {
  const { engine, asked } = await givenSeries();
  const created = await engine.apply(type, keptBy("one"));

  const methods = await asked(async () => engine.apply(type, keptBy("two"), created.kept));

  expect(methods).toEqual(["GET", "GET", "POST", "PATCH", "GET"]);
});

test.each([
  ["adding", { user: "local:svc", expires_in: "90d" }, keptBy("one")],
  ["removing", keptBy("one"), { user: "local:svc", expires_in: "90d" }],
  ["respelling the life beside", keptBy("one"), keptBy("one", { expires_in: "2160h" })],
])("%s the keepers alone does not rotate, and asks nothing of the cluster", async (_, before, after) => {
  const { engine, asked } = await givenSeries();
  const created = await engine.apply(type, before);

  const planned = await engine.plan(type, after, created.kept);
  const methods = await asked(async () => {
    const changed = await engine.apply(type, after, created.kept);
    expect(changed.state).toMatchObject({ id: created.state?.["id"] });
    expect((await engine.plan(type, after, changed.kept)).isEmpty).toBe(true);
  });

  expect(planned.warnings).toEqual([]);
  expect(planned.planned?.["id"]).toBe(created.state?.["id"]);
  expect(methods).toEqual([]);
});

test("keepers that are not known yet may rotate: the plan leaves open what that decides", async () => {
  const { engine } = await givenSeries();
  const created = await engine.apply(type, keptBy("one"));
  const unknown = { ...keptBy("one"), rotate_when_changed: mapOfValues({ keeper: undecided }) };

  const open = await engine.plan(type, unknown, created.kept);
  const same = await engine.plan(type, keptBy("one"), created.kept);
  const other = await engine.apply(type, keptBy("two"), created.kept);

  expect(open.planned).toMatchObject({ id: "(unknown)", bearer_token: "(unknown)", previous_token: "(unknown)" });
  expect(open.warnings).toMatchObject([{ summary: "Access token may be rotated" }]);
  expect(same.isEmpty).toBe(true);
  expect(isAsPlanned({ ...open.planned, rotate_when_changed: "(unknown)" }, same.planned)).toBe(true);
  expect(isAsPlanned({ ...open.planned, rotate_when_changed: "(unknown)" }, other.state)).toBe(true);
});

test("a map of keepers that is not known yet does not rotate a token that had none", async () => {
  const { engine } = await givenSeries();
  const created = await engine.apply(type, { user: "local:svc", expires_in: "90d" });

  const planned = await engine.plan(
    type,
    { user: "local:svc", expires_in: "90d", rotate_when_changed: undecided },
    created.kept,
  );

  expect(planned.planned).toMatchObject({ id: created.state?.["id"], bearer_token: created.state?.["bearer_token"] });
  expect(planned.warnings).toEqual([]);
});

test("a token is rotated by the first plan after its time to rotate has come, not before", async () => {
  const { engine, clock } = await givenSeries();
  const created = await engine.apply(type, rotating);

  clock.advance(76 * dayMs - 1);
  const early = await refreshAndPlan(engine, rotating, created.kept);
  clock.advance(1);
  const due = await refreshAndPlan(engine, rotating, early.kept);
  const rotated = await engine.apply(type, rotating, due.kept);

  expect(early).toMatchObject({ isEmpty: true, warnings: [] });
  expect(due.planned).toMatchObject({ id: "(unknown)", previous_token: { id: created.state?.["id"] } });
  expect(due.warnings[0]?.detail).toContain("rotate_before_expiry");
  expect(rotated.state).toMatchObject({ expiration_time: expect.stringMatching(justBefore("2026-08-15T08:00:00Z")) });
  expect((await refreshAndPlan(engine, rotating, rotated.kept)).isEmpty).toBe(true);
});

test("reading changes neither state nor what is remembered until something becomes due", async () => {
  const { engine, clock } = await givenSeries();
  const created = await engine.apply(type, rotating);

  clock.advance(70 * dayMs);
  const read = await engine.refresh(type, created.kept);
  clock.advance(6 * dayMs);
  const due = await engine.refresh(type, read.kept);

  expect(read.kept.private).toEqual(created.kept.private);
  expect(read.state).toEqual(created.state);
  // A rotation that is due is not drift.
  expect(due.state).toEqual(created.state);
  expect(due.kept.private).not.toEqual(created.kept.private);
});

test("without a refresh, a plan knows what the last refresh found, whatever the time is", async () => {
  const { engine, clock } = await givenSeries();
  const created = await engine.apply(type, rotating);

  clock.advance(80 * dayMs);
  const blind = await engine.plan(type, rotating, created.kept);
  const { kept } = await engine.refresh(type, created.kept);
  const informed = await engine.plan(type, rotating, kept);
  clock.advance(-10 * dayMs);
  const earlier = await engine.plan(type, rotating, kept);

  expect(blind.isEmpty).toBe(true);
  expect(informed.planned?.["id"]).toBe("(unknown)");
  expect(earlier).toEqual(informed);
});

test("a saved plan that is applied late rotates as planned, and does not prolong the old token", async () => {
  const { engine, clock, newEngine, tokens } = await givenSeries();
  const created = await engine.apply(type, rotating);
  clock.advance(80 * dayMs);
  const saved = await refreshAndPlan(engine, rotating, created.kept);

  clock.advance(9 * dayMs + 20 * hourMs);
  const late = await (await newEngine()).apply(type, rotating, saved.kept);
  const old = (await tokens()).find(({ id }) => id === created.state?.["id"]);

  expect(late.errors).toEqual([]);
  expect(isAsPlanned(saved.planned, late.state)).toBe(true);
  expect(late.state?.["previous_token"]).toEqual({
    id: created.state?.["id"],
    expiration_time: created.state?.["expiration_time"],
  });
  expect(old?.expiration_time).toBe(created.state?.["expiration_time"]);
  expect(late.state?.["expiration_time"]).toMatch(justBefore("2026-08-29T04:00:00Z"));
});

test("another time to rotate is judged by the plan after it is applied", async () => {
  const { engine, clock } = await givenSeries();
  const created = await engine.apply(type, rotating);
  clock.advance(70 * dayMs);
  const earlier = { ...rotating, rotate_before_expiry: "30d" };

  const changed = await refreshAndApply(engine, earlier, created.kept);
  const next = await refreshAndPlan(engine, earlier, changed.kept);

  expect(changed.state?.["id"]).toBe(created.state?.["id"]);
  expect((await engine.plan(type, earlier, changed.kept)).isEmpty).toBe(true);
  expect(next.planned?.["id"]).toBe("(unknown)");
});

test.each([
  ["a longer life", { expires_in: "365d" }],
  ["a later time to rotate", { rotate_before_expiry: "1d" }],
  ["no time to rotate any more", { rotate_before_expiry: null }],
])("%s overtakes a rotation that was due", async (_, change) => {
  const { engine, clock } = await givenSeries();
  const created = await engine.apply(type, rotating);
  clock.advance(80 * dayMs);

  const changed = await refreshAndApply(engine, { ...rotating, ...change }, created.kept);

  expect(changed.errors).toEqual([]);
  expect(changed.state?.["id"]).toBe(created.state?.["id"]);
  expect((await refreshAndPlan(engine, { ...rotating, ...change }, changed.kept)).isEmpty).toBe(true);
});

test("taking the end away is a rotation, since the cluster cannot clear it", async () => {
  const { engine, tokens } = await givenSeries();
  const created = await engine.apply(type, { user: "local:svc", expiration_time: "2026-09-01T00:00:00Z" });

  const planned = await engine.plan(type, { user: "local:svc" }, created.kept);
  const rotated = await engine.apply(type, { user: "local:svc" }, created.kept);

  expect(planned).toMatchObject({ replaces: [], planned: { id: "(unknown)", expiration_time: null } });
  expect(planned.warnings[0]?.detail).toContain("2026-09-01T00:00:00Z");
  expect(rotated.state).toMatchObject({ expiration_time: null, previous_token: { id: created.state?.["id"] } });
  expect(await tokens()).toHaveLength(2);
  expect((await refreshAndPlan(engine, { user: "local:svc" }, rotated.kept)).isEmpty).toBe(true);
});

test("an end that is not known yet may turn out to be none", async () => {
  const { engine } = await givenSeries();
  const created = await engine.apply(type, { user: "local:svc", expiration_time: "2026-09-01T00:00:00Z" });

  for (const name of ["expiration_time", "expires_in"]) {
    const planned = await engine.plan(type, { user: "local:svc", [name]: undecided }, created.kept);
    expect(planned.planned).toMatchObject({ id: "(unknown)", expiration_time: "(unknown)" });
    expect(planned.warnings).toMatchObject([{ summary: "Access token may be rotated" }]);
  }
});

test("overlap 0s deletes the old token at once, and the plan says so", async () => {
  const { engine, statusOf, tokens } = await givenSeries();
  const created = await engine.apply(type, keptBy("one", { overlap: "0s" }));

  const planned = await engine.plan(type, keptBy("two", { overlap: "0s" }), created.kept);
  const rotated = await engine.apply(type, keptBy("two", { overlap: "0s" }), created.kept);

  expect(planned.planned?.["previous_token"]).toBeNull();
  expect(planned.warnings[0]?.detail).toContain("deleted at once");
  expect(rotated.state).toMatchObject({ previous_token: null });
  expect(await tokens()).toHaveLength(1);
  expect(await statusOf(created.state?.["bearer_token"])).toBe(401);
});

test("a rotation within the overlap of the one before deletes the oldest token first", async () => {
  const { engine, statusOf, tokens } = await givenSeries();
  const first = await engine.apply(type, keptBy("one"));
  const second = await engine.apply(type, keptBy("two"), first.kept);

  const planned = await engine.plan(type, keptBy("three"), second.kept);
  const third = await engine.apply(type, keptBy("three"), second.kept);

  expect(planned.warnings).toHaveLength(1);
  expect(planned.warnings[0]?.detail).toContain(
    `${String(first.state?.["id"])} of the previous rotation is deleted first`,
  );
  expect(third.errors).toEqual([]);
  expect(await statusOf(first.state?.["bearer_token"])).toBe(401);
  expect(await statusOf(second.state?.["bearer_token"])).toBe(200);
  expect(await tokens()).toHaveLength(2);
});

test("a rotation that finds somebody else's token in the second slot warns, names it, and fails without harm", async () => {
  const { engine, admin, user, statusOf } = await givenSeries();
  const created = await engine.apply(type, keptBy("one"));
  const foreign = await admin.post(tokensPath, { user: { auth_id: user("svc").id } });

  const planned = await engine.plan(type, keptBy("two"), created.kept);
  const failed = await engine.apply(type, keptBy("two"), created.kept);

  const slot = planned.warnings.find(({ summary }) => summary === "No slot to rotate the access token");
  expect(slot?.detail).toContain(foreign.field("id"));
  expect(failed.errors[0]?.detail).toContain(foreign.field("id"));
  expect(failed.state).toEqual(created.state);
  expect(await statusOf(created.state?.["bearer_token"])).toBe(200);
  await admin.delete(`${tokensPath}${foreign.field("id")}`);
  expect((await refreshAndApply(engine, keptBy("two"), failed.kept)).errors).toEqual([]);
});

test("planning twice plans the same", async () => {
  const { engine, clock } = await givenSeries();
  const created = await engine.apply(type, keptBy("one", { rotate_before_expiry: "14d" }));
  const next = keptBy("two", { rotate_before_expiry: "14d" });

  const first = await engine.plan(type, next, created.kept);
  clock.advance(100 * dayMs);
  const second = await engine.plan(type, next, created.kept);

  expect(second).toEqual(first);
});

test("an unknown user is settled while applying: the same account keeps the token, another one is a rotation", async () => {
  const { engine } = await givenSeries();
  const created = await engine.apply(type, keptBy("one"));

  const planned = await engine.plan(type, { ...keptBy("one"), user: new Finished(undecided.value) }, created.kept);
  const settled = await engine.plan(type, keptBy("one"), created.kept);
  const moved = await engine.apply(type, { ...keptBy("one"), user: "local:other" }, created.kept);

  expect(planned).toMatchObject({ replaces: [], planned: { id: "(unknown)", bearer_token: "(unknown)" } });
  expect(planned.warnings).toMatchObject([{ summary: "Access token may be rotated" }]);
  expect(settled).toMatchObject({ isEmpty: true, warnings: [] });
  expect(isAsPlanned(planned.planned, settled.planned)).toBe(true);
  expect(isAsPlanned(planned.planned, moved.state)).toBe(true);
});
