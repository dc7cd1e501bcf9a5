import { expect, test } from "@jest/globals";
import { givenCluster, type GivenOptions } from "../support/simulator/given-cluster.ts";
import { openEphemeral } from "../support/provider/given-ephemeral.ts";
import { type Given, givenEngine, givenUnconfiguredEngine, reaching } from "../support/provider/given-provider.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";

const tokensPath = "/v1/auth/access-tokens/";
const minute = 60_000;

async function givenTokens(options: GivenOptions = {}) {
  const clock = new SettableClock("2026-03-02T08:00:00Z");
  const cluster = await givenCluster({ localUsers: ["svc"], clock, ...options });
  const { id: authId } = cluster.user("svc");
  const engine = await givenEngine(cluster.simulator, { clock });
  const open = async (given: Given = {}) =>
    openEphemeral(engine.server, "qumulo_access_token", { user: "local:svc", ...given });
  const tokensOf = async () => {
    const { body } = await cluster.admin.get(`${tokensPath}?user=auth_id:${authId}`);
    // The shape is the simulator's own.
    return (body as { readonly entries: readonly { readonly id: string; readonly expiration_time: string }[] }).entries;
  };
  const createByHand = async () => cluster.admin.post(tokensPath, { user: { auth_id: authId } });
  const isAccepted = async (bearerToken: unknown) =>
    (await cluster.bearing(String(bearerToken)).get("/v1/session/who-am-i")).status === 200;
  return { ...cluster, clock, authId, engine, open, tokensOf, createByHand, isAccepted };
}

test("a short-lived token works while it is open, and is gone when it is closed", async () => {
  const { open, tokensOf, isAccepted } = await givenTokens();

  const { result, diagnostics, close } = await open();
  const whileOpen = [await isAccepted(result?.["bearer_token"]), (await tokensOf()).length];
  const closed = await close();

  expect([diagnostics, closed]).toEqual([[], []]);
  expect(result).toMatchObject({
    user: "local:svc",
    expires_in: "15m",
    expiration_time: expect.stringMatching(/^2026-03-02T08:14:59[.]999\d{6}Z$/),
    id: expect.stringMatching(/^\d+$/),
    bearer_token: expect.stringMatching(/^access-v1:/),
  });
  expect(whileOpen).toEqual([true, 1]);
  expect(await isAccepted(result?.["bearer_token"])).toBe(false);
  expect(await tokensOf()).toEqual([]);
});

test("what the engine keeps of an open token is not secret", async () => {
  const { open } = await givenTokens();

  const { result, privateText } = await open();

  expect(JSON.parse(privateText)).toEqual({ id: result?.["id"], life_ms: 15 * minute });
});

test("a token that nobody closes ends by itself, to the millisecond", async () => {
  const { open, clock, isAccepted } = await givenTokens();
  const { result } = await open({ expires_in: "1m" });

  clock.advance(minute - 1);
  const before = await isAccepted(result?.["bearer_token"]);
  clock.advance(1);
  const after = await isAccepted(result?.["bearer_token"]);

  expect([before, after]).toEqual([true, false]);
});

test("a token is extended as often as it takes, and keeps its bearer token", async () => {
  const { open, clock, tokensOf, isAccepted } = await givenTokens();
  const { result, renewAt, renew, close } = await open({ expires_in: "15m" });
  let next = renewAt;

  for (let round = 1; round <= 3; round += 1) {
    clock.set(next?.toISOString() ?? "");
    const renewed = await renew();
    expect(renewed.diagnostics).toEqual([]);
    next = renewed.renewAt;
  }

  expect(renewAt).toEqual(new Date("2026-03-02T08:10:00Z"));
  expect(next).toEqual(new Date("2026-03-02T08:40:00Z"));
  expect(await tokensOf()).toMatchObject([{ id: result?.["id"], expiration_time: "2026-03-02T08:45:00Z" }]);
  expect(await isAccepted(result?.["bearer_token"])).toBe(true);
  expect(await close()).toEqual([]);
  expect(await tokensOf()).toEqual([]);
});

test("a token that somebody deletes meanwhile cannot be extended, and closing it is not an error", async () => {
  const { open, admin } = await givenTokens();
  const { result, renew, close } = await open();
  await admin.delete(`${tokensPath}${String(result?.["id"])}`);

  const renewed = await renew();
  const closed = await close();

  expect(renewed.diagnostics).toMatchObject([{ severity: "error", summary: expect.stringContaining("is gone") }]);
  expect(closed).toEqual([]);
});

test("one free slot is enough; with none the occupants are named, and nothing is tried", async () => {
  const { open, createByHand, simulator } = await givenTokens();
  const first = await createByHand();

  const one = await open();
  await one.close();
  const second = await createByHand();
  const before = simulator.requests.length;
  const none = await open();

  expect(one.diagnostics).toEqual([]);
  expect(none.diagnostics).toMatchObject([
    {
      summary: "No slot for a short-lived access token",
      attribute: ["user"],
      detail: expect.stringContaining("local:svc"),
    },
  ]);
  for (const token of [first, second]) expect(none.diagnostics[0]?.detail).toContain(token.field("id"));
  expect(none.diagnostics[0]?.detail).toContain("qumulo_session");
  const asked = simulator.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
  expect(asked).not.toContain(`POST ${tokensPath}`);
});

test("two that are opened at once for a user with one free slot: one works, one is refused with the occupants", async () => {
  const { open, createByHand, tokensOf } = await givenTokens();
  await createByHand();

  const both = await Promise.all([open(), open()]);

  const refused = both.filter(({ diagnostics }) => diagnostics.length > 0);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.diagnostics[0]?.detail).toMatch(/two/);
  expect(await tokensOf()).toHaveLength(2);
});

test.each([
  ["local:nobody-here", "No such identity"],
  ["auth_id:513", "Access token for a group"],
  ["world:Everyone", "Access token for a group"],
  ["nonsense:x", "User is invalid"],
])("%s is refused at user", async (user, summary) => {
  const { open } = await givenTokens();

  const { diagnostics, result } = await open({ user });

  expect(diagnostics).toMatchObject([{ severity: "error", summary, attribute: ["user"] }]);
  expect(result).toBeNull();
});

test.each([
  ["59s", "out of range"],
  ["1m", undefined],
  ["24h", undefined],
  ["24h1s", "out of range"],
  ["soon", "not a duration"],
  ["", "not a duration"],
])("a life of %j comes to %s", async (expires_in, fault) => {
  const { open } = await givenTokens();

  const { diagnostics } = await open({ expires_in });

  if (fault === undefined) expect(diagnostics).toEqual([]);
  else expect(diagnostics).toMatchObject([{ summary: expect.stringContaining(fault), attribute: ["expires_in"] }]);
});

test("a cluster that cannot give tokens an end is refused, and the version that can is named", async () => {
  const { open, tokensOf } = await givenTokens({ coreVersion: "5.3.1" });
  const newer = await givenTokens({ coreVersion: "5.3.2" });

  const refused = await open();
  const opened = await newer.open();

  expect(refused.diagnostics).toMatchObject([{ detail: expect.stringMatching(/5\.3\.1.*5\.3\.2 or later/) }]);
  expect(await tokensOf()).toEqual([]);
  expect(opened.diagnostics).toEqual([]);
});

test("a lost answer to the creation leaves nothing behind", async () => {
  const { open, simulator, tokensOf } = await givenTokens();
  const lost = { method: "POST", path: /access-tokens/, when: "after", with: { kind: "reset" } } as const;
  simulator.failNext(lost);

  const { diagnostics, result } = await open();

  expect(diagnostics).toMatchObject([{ severity: "error", detail: expect.stringContaining("has been deleted") }]);
  expect(result).toBeNull();
  expect(await tokensOf()).toEqual([]);
});

test.each(["before", "after"] as const)("an answer that is lost %s the deletion is made up for", async (when) => {
  const { open, simulator, tokensOf } = await givenTokens();
  const { close } = await open();
  simulator.failNext({ method: "DELETE", when, with: { kind: "reset" } });

  const closed = await close();

  expect(closed).toEqual([]);
  expect(await tokensOf()).toEqual([]);
});

test("a token that cannot be deleted is named, with its end by itself", async () => {
  const { open, simulator } = await givenTokens();
  const { close, result } = await open();
  simulator.failNext({ method: "DELETE", with: { kind: "status", status: 403 } });

  const closed = await close();

  expect(closed).toMatchObject([{ severity: "error", summary: expect.stringContaining("ends by itself") }]);
  expect(closed[0]?.summary).toContain(String(result?.["id"]));
  expect(closed[0]?.detail).toContain("PRIVILEGE_ACCESS_TOKENS_WRITE");
});

test("a user without privileges opens a token of its own", async () => {
  const { simulator, holderOf } = await givenTokens();
  const { user } = await holderOf();
  const engine = givenUnconfiguredEngine();
  await engine.configure({ ...reaching(simulator), username: user.name, password: user.password });

  const own = await openEphemeral(engine.server, "qumulo_access_token", { user: `auth_id:${user.id}` });
  const others = await openEphemeral(engine.server, "qumulo_access_token", { user: "auth_id:501" });

  expect(own.diagnostics).toEqual([]);
  expect(await own.close()).toEqual([]);
  expect(others.diagnostics).toMatchObject([
    { severity: "warning", summary: "Access tokens are not checked for administrators" },
    { severity: "error", detail: expect.stringContaining("PRIVILEGE_ACCESS_TOKENS_WRITE") },
  ]);
});
