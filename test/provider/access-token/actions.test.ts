import { describe, expect, test } from "@jest/globals";
import { type Given, givenUnconfiguredEngine } from "../../support/provider/given-provider.ts";
import { disable, end, givenRotated, revoke } from "../../support/provider/given-rotated.ts";
import {
  dayMs,
  type GivenSeries,
  givenSeries,
  keptBy,
  refreshAndApply,
  refreshAndPlan,
  tokensPath,
  type,
} from "../../support/provider/given-series.ts";
import { setOfValues, undecided } from "../../support/provider/values.ts";

/** A provider that is signed in with an access token of a user with these privileges. */
async function givenSignedInByToken({ holderOf, admin, newEngine, simulator }: GivenSeries) {
  const holder = await holderOf(
    "PRIVILEGE_ACCESS_TOKENS_READ",
    "PRIVILEGE_ACCESS_TOKENS_WRITE",
    "PRIVILEGE_IDENTITY_READ",
  );
  const made = await admin.post(tokensPath, { user: { auth_id: holder.user.id } });
  const engine = await newEngine();
  const { host, port, certificatePem: ca_pem } = simulator;
  await engine.configure({ host, port, ca_pem, bearer_token: made.field("bearer_token") });
  return { engine, id: made.field("id"), user: `auth_id:${holder.user.id}` };
}

describe("to revoke", () => {
  test("deletes all tokens of a user, and says what still works", async () => {
    const { engine, previous, current, statuses, tokens } = await givenRotated();

    const planned = await engine.planAction(revoke, { user: "local:svc" });
    const before = await statuses();
    const invoked = await engine.invoke(revoke, { user: "local:svc" });

    expect(planned.errors).toEqual([]);
    expect(planned.warnings).toMatchObject([{ summary: "Access tokens will be deleted" }]);
    for (const id of [previous, current]) expect(planned.warnings[0]?.detail).toContain(id);
    expect(planned.warnings[0]?.detail).toContain("the next plan makes another one");
    expect(before).toEqual([200, 200]);
    expect(await statuses()).toEqual([401, 401]);
    expect(await tokens()).toEqual([]);
    expect(invoked.errors).toEqual([]);
    expect(invoked.warnings).toEqual([]);
    expect(invoked.progress.toSorted()).toEqual(
      [
        `Deleted the access token ${previous} of svc.`,
        `Deleted the access token ${current} of svc.`,
        "No access token of svc works any more. A login with the password of the user goes on working.",
      ].toSorted(),
    );
  });

  test("deletes only those that are named, and warns of the rest, which still works", async () => {
    const { engine, previous, current, statuses } = await givenRotated();

    for (const config of [{ ids: setOfValues(previous) }, { user: "local:svc", ids: setOfValues(previous) }]) {
      const { progress, warnings, errors } = await engine.invoke(revoke, config);

      expect(errors).toEqual([]);
      if (config.user === undefined) {
        expect(progress).toEqual([`Deleted the access token ${previous} of svc.`]);
        expect(warnings).toMatchObject([{ summary: "Access tokens of svc still work" }]);
        expect(warnings[0]?.detail).toContain(current);
      } else {
        expect(progress).toEqual([`Access token ${previous} is gone already.`]);
      }
    }
    expect(await statuses()).toEqual([401, 200]);
  });

  test("the next plan makes another token in place of the one that was revoked", async () => {
    const { engine, newEngine, kept, statusOf } = await givenRotated();

    await engine.invoke(revoke, { user: "local:svc" });
    const after = await newEngine();
    const read = await after.refresh(type, kept);
    const made = await after.apply(type, keptBy("two"));

    expect(read.state).toBeNull();
    expect(await statusOf(made.state?.["bearer_token"])).toBe(200);
  });

  test("a token of somebody else is refused, and nothing is deleted", async () => {
    const { engine, admin, user, previous, tokens } = await givenRotated();
    const other = await admin.post(tokensPath, { user: { auth_id: user("other").id } });
    const config: Given = { user: "local:svc", ids: setOfValues(other.field("id"), previous) };

    const planned = await engine.planAction(revoke, config);
    const { errors } = await engine.invoke(revoke, config);

    for (const said of [planned.errors, errors]) {
      expect(said).toMatchObject([{ summary: "Access token of somebody else", attribute: ["ids"] }]);
      expect(said[0]?.detail).toContain("other");
    }
    expect(await tokens()).toHaveLength(2);
  });

  test.each([
    [{}, "Nothing to revoke"],
    [{ ids: setOfValues() }, "No ids"],
    [{ ids: setOfValues("access-v1:Canary") }, "Id is not a number"],
    [{ user: "group:x" }, "User is invalid"],
    [{ user: "world:Everyone" }, "Access token for a group"],
  ])("%j is refused while validating", async (config: Given, summary) => {
    const { planAction } = givenUnconfiguredEngine();

    const { errors } = await planAction(revoke, config);

    expect(errors).toMatchObject([{ summary }]);
    expect(JSON.stringify(errors)).not.toContain("Canary");
  });

  test("a user who is not there may come with the run, and is an error when it does not", async () => {
    const { engine } = await givenSeries();

    const planned = await engine.planAction(revoke, { user: "local:nobody" });
    const { errors } = await engine.invoke(revoke, { user: "local:nobody" });

    expect(planned).toMatchObject({ errors: [], warnings: [{ summary: "Access tokens will be deleted" }] });
    expect(errors).toMatchObject([{ summary: "No such user", attribute: ["user"] }]);
  });

  test("a user without tokens is told, and a group is refused", async () => {
    const { engine } = await givenSeries();

    const none = await engine.planAction(revoke, { user: "local:other" });
    const { progress } = await engine.invoke(revoke, { user: "local:other" });
    const group = await engine.invoke(revoke, { user: "local:Users" });

    expect(none).toEqual({ errors: [], warnings: [] });
    expect(progress).toEqual(["local:other has no access token."]);
    expect(group.errors).toMatchObject([{ summary: "Access token for a group", attribute: ["user"] }]);
  });
});

describe("to disable", () => {
  test("ends the use of a token until somebody enables it, and the next plan does", async () => {
    const { engine, newEngine, kept, current, statuses } = await givenRotated();

    const planned = await engine.planAction(disable, { id: current });
    const invoked = await engine.invoke(disable, { id: current });
    const after = await statuses();
    const next = await newEngine();
    const plan = await refreshAndPlan(next, keptBy("two"), kept);
    const again = await next.planAction(disable, { id: current });
    await refreshAndApply(next, keptBy("two"), kept);

    expect(planned.warnings[0]?.detail).toContain(
      "the next plan enables it again, unless enabled = false is set there",
    );
    expect(invoked).toEqual({
      progress: [`Disabled the access token ${current}: the cluster refuses its bearer token.`],
      errors: [],
      warnings: [],
    });
    expect(after).toEqual([200, 401]);
    expect(plan).toMatchObject({ isEmpty: false, planned: { enabled: true } });
    expect(again).toEqual({ errors: [], warnings: [] });
    expect(await statuses()).toEqual([200, 200]);
  });

  test("a plan names the resource of this configuration that brings it back", async () => {
    const { engine, kept, current } = await givenRotated();
    await engine.refresh(type, kept);

    const { warnings } = await engine.planAction(disable, { id: current });

    expect(warnings[0]?.detail).toContain(`A qumulo_access_token of this configuration manages ${current}`);
  });

  test("a token that is not there is warned of", async () => {
    const { engine } = await givenSeries();

    const planned = await engine.planAction(disable, { id: "1" });
    const invoked = await engine.invoke(disable, { id: "1" });

    for (const { errors, warnings } of [planned, invoked]) {
      expect(errors).toEqual([]);
      expect(warnings).toMatchObject([{ summary: "Access token 1 is not there" }]);
    }
  });

  test("a cluster that is too old says which version can", async () => {
    const { engine } = await givenSeries({ coreVersion: "5.3.0" });

    const planned = await engine.planAction(disable, { id: "1" });
    const invoked = await engine.invoke(disable, { id: "1" });

    for (const { errors } of [planned, invoked]) expect(errors).toMatchObject([{ summary: "Qumulo Core is too old" }]);
  });
});

describe("to end an overlap", () => {
  const config = ({ previous, current }: { readonly previous: string; readonly current: string }): Given => ({
    previous_id: previous,
    successor_id: current,
  });

  test("deletes the token before, and the next plan changes nothing", async () => {
    const series = await givenRotated();
    const { engine, newEngine, kept, previous, current, statuses } = series;

    const planned = await engine.planAction(end, config(series));
    const { progress, errors } = await engine.invoke(end, config(series));
    const next = await newEngine();
    const plan = await refreshAndPlan(next, keptBy("two"), kept);

    expect(planned.warnings).toMatchObject([{ summary: "Old access token will be deleted" }]);
    expect(errors).toEqual([]);
    expect(progress).toEqual([`Deleted the access token ${previous} of svc; ${current} goes on working.`]);
    expect(await statuses()).toEqual([401, 200]);
    expect(plan).toMatchObject({ isEmpty: true, planned: { previous_token: null } });
  });

  test("without a token before there is nothing to do", async () => {
    const { engine, current, statuses, previous } = await givenRotated();

    const planned = await engine.planAction(end, { successor_id: current });
    const { progress } = await engine.invoke(end, { successor_id: current });
    await engine.invoke(end, { previous_id: previous, successor_id: current });
    const again = await engine.invoke(end, { previous_id: previous, successor_id: current });

    expect(planned).toEqual({ errors: [], warnings: [] });
    expect(progress).toEqual(["There is no token before the one in use: no overlap to end."]);
    expect(again).toMatchObject({ errors: [], progress: [`Access token ${previous} is gone already.`] });
    expect(await statuses()).toEqual([401, 200]);
  });

  test.each([
    [
      "is disabled",
      "does not work",
      async ({ admin }: GivenSeries, current: string) => admin.patch(`${tokensPath}${current}`, { enabled: false }),
    ],
    [
      "is gone",
      "No token in use",
      async ({ admin }: GivenSeries, current: string) => admin.delete(`${tokensPath}${current}`),
    ],
  ] as const)("while the token in use %s, the one before is not deleted", async (_what, summary, change) => {
    const series = await givenRotated();
    await change(series, series.current);

    const planned = await series.engine.planAction(end, config(series));
    const { errors } = await series.engine.invoke(end, config(series));

    for (const said of [planned.errors, errors]) {
      expect(said).toMatchObject([{ summary: expect.stringContaining(summary), attribute: ["successor_id"] }]);
    }
    expect((await series.statuses())[0]).toBe(200);
  });

  test("a token in use that has ended counts as none", async () => {
    const series = await givenRotated();
    await series.admin.patch(`${tokensPath}${series.previous}`, { expiration_time: "2099-01-01T00:00:00Z" });
    series.clock.advance(91 * dayMs);

    const { errors } = await (await series.newEngine()).invoke(end, config(series));

    expect(errors).toMatchObject([{ summary: expect.stringContaining("does not work") }]);
  });

  test("tokens that do not follow each other are refused", async () => {
    const { engine, admin, user, previous, current, statuses } = await givenRotated();
    const other = await admin.post(tokensPath, { user: { auth_id: user("other").id } });

    for (const pair of [
      { previous: current, current: previous },
      { previous: current, current },
      { previous, current: other.field("id") },
    ]) {
      const { errors } = await engine.invoke(end, config(pair));
      expect(errors).toMatchObject([{ summary: "Access tokens do not follow each other" }]);
    }
    expect(await statuses()).toEqual([200, 200]);
  });
});

const ofOwn: readonly [string, (id: string, user: string) => Given][] = [
  [revoke, (_id, user) => ({ user })],
  [revoke, (id) => ({ ids: setOfValues(id) })],
  [disable, (id) => ({ id })],
];

test.each(ofOwn)(
  "%s refuses the token that the provider is signed in with, unless it is asked for",
  async (name, of) => {
    const series = await givenSeries();
    const { engine, id, user } = await givenSignedInByToken(series);

    const planned = await engine.planAction(name, of(id, user));
    const refused = await engine.invoke(name, of(id, user));
    const allowed = await engine.invoke(name, { ...of(id, user), allow_lock_out: true });

    for (const { errors } of [planned, refused]) {
      expect(errors).toMatchObject([{ summary: "This would lock out the account that runs it" }]);
    }
    expect(JSON.stringify(allowed)).not.toContain("lock out");
    const left = await series.admin.get(`${tokensPath}${id}`);
    expect(left.status === 404 || left.text.includes('"enabled": false') || left.text.includes('"enabled":false')).toBe(
      true,
    );
  },
);

test("an action whose tokens are decided during apply says so, and asks nothing of the cluster", async () => {
  const { engine, asked } = await givenSeries();
  const configs: readonly [string, Given][] = [
    [revoke, { user: undecided }],
    [disable, { id: undecided }],
    [end, { previous_id: undecided, successor_id: undecided }],
  ];

  for (const [name, config] of configs) {
    const requests = await asked(async () => {
      const { errors, warnings } = await engine.planAction(name, config);
      expect(errors).toEqual([]);
      expect(warnings[0]?.detail).toContain("decided during apply");
    });
    expect(requests).toEqual([]);
  }
});
