import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { readCredentialsFile } from "../../src/client/index.ts";
import { Secret } from "../../src/vocabulary/secret.ts";
import { givenQq, printedValues } from "../support/qq/given-qq.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";
import { tenAtATime } from "../support/simulator/ten-at-a-time.ts";

const tokens = "/v1/auth/access-tokens/";

/** What `qq` prints of a new access token. */
function createdToken(stdout: string): { readonly id: string; readonly bearer_token: string } {
  const [id, bearerToken] = [/"id": "(\d+)"/, /"bearer_token": "(access-v1:[\w+/]+=*)"/].map(
    (field) => field.exec(stdout)?.[1] ?? "",
  );
  return { id: id ?? "", bearer_token: bearerToken ?? "" };
}

test("qq creates an access token for a user, which our provider's client reads from the file", async () => {
  const { qq, user, bearing, home } = await givenQq({ localUsers: ["svc"] });
  const file = path.join(home, "token");

  const { exitCode, stdout, calls } = await qq("auth_create_access_token", "local:svc", "--file", file);

  expect(exitCode).toBe(0);
  expect(calls).toEqual([`POST ${tokens} 200`]);
  const { id, bearer_token } = createdToken(stdout);
  expect(printedValues(stdout)).toEqual([{ bearer_token, id }]);
  expect(await readFile(file, "utf8")).toBe(`{"version": 1, "bearer_token": "${bearer_token}"}`);
  const bearerToken = new Secret(bearer_token);
  expect(await readCredentialsFile(file)).toEqual({ kind: "bearer-token", path: file, bearerToken });
  const whoAmI = await bearing(bearer_token).get("/v1/session/who-am-i");
  expect(whoAmI.body).toMatchObject({ id: user("svc").id, access_token_id: id });
});

test("qq signs in with the file of an access token", async () => {
  const { qq, home, user } = await givenQq({ localUsers: ["svc"] });
  const file = path.join(home, "token");
  const created = await qq("auth_create_access_token", "svc", "-f", file);

  const { exitCode, stdout } = await qq("--credentials-store", file, "who_am_i");

  expect(exitCode).toBe(0);
  const { id } = createdToken(created.stdout);
  expect(printedValues(stdout)[0]).toMatchObject({ id: user("svc").id, access_token_id: id });
});

test("qq creates an access token for oneself without any privilege", async () => {
  const { holderOf, qqOf } = await givenQq();
  const holder = await holderOf();
  const qq = await qqOf(holder);

  const { exitCode, stdout, calls } = await qq("auth_create_access_token", "--self");
  const listed = await qq("auth_list_access_tokens", "--self", "--json");

  expect(exitCode).toBe(0);
  expect(calls).toEqual(["GET /v1/session/who-am-i 200", `POST ${tokens} 200`]);
  expect(listed.calls).toEqual(["GET /v1/session/who-am-i 200", `GET ${tokens}?user=auth_id%3A${holder.user.id} 200`]);
  const own = expect.objectContaining({ auth_id: holder.user.id, name: holder.user.name });
  const { id } = createdToken(stdout);
  expect(printedValues(listed.stdout)).toEqual([[expect.objectContaining({ id, user: own, creator: own })]]);
});

test("without privileges, qq has no say over the access tokens of others", async () => {
  const { admin, holderOf, qqOf } = await givenQq();
  const qq = await qqOf(await holderOf());
  const id = (await admin.post(tokens, { user: { auth_id: "500" } })).field("id");
  const token = (await admin.get(`${tokens}?user=auth_id:500`)).body;

  const outcomes = await Promise.all([
    qq("auth_create_access_token", "local:admin"),
    qq("auth_list_access_tokens"),
    qq("auth_list_access_tokens", "--user", "admin"),
    qq("auth_get_access_token", id),
    qq("auth_modify_access_token", id, "--disable"),
    qq("auth_delete_access_token", id),
  ]);

  for (const { exitCode, stdout, stderr } of outcomes) {
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(/^Error 403: auth_not_authorized_error: .+\n$/);
  }
  expect((await admin.get(`${tokens}?user=auth_id:500`)).body).toEqual(token);
});

test("qq sends an expiration with its zone, and the cluster answers it in UTC", async () => {
  const { runQq } = await givenQq();
  const create = async (text: string, zone: string): Promise<string> => {
    const created = await runQq({
      args: ["auth_create_access_token", "admin", "--expiration-time", text],
      env: { TZ: zone },
    });
    const { id } = createdToken(created.stdout);
    const { stdout } = await runQq({ args: ["auth_get_access_token", id] });
    return /"expiration_time": "([^"]*)"/.exec(stdout)?.[1] ?? stdout;
  };

  // A text without an offset is read in the zone of the machine, whatever the help of qq says.
  const times = [await create("Jan 20 2030", "UTC"), await create("2030-01-20 12:00", "America/New_York")];

  expect(times).toEqual(["2030-01-20T00:00:00Z", "2030-01-20T17:00:00Z"]);
});

test("qq shows an access token that never expires", async () => {
  const clock = new SettableClock("2026-03-02T08:15:42.108Z");
  const { admin, qq, user } = await givenQq({ clock, localUsers: ["svc"] });
  const id = (await admin.post(tokens, { user: { auth_id: user("svc").id } })).field("id");

  const { stdout, calls } = await qq("auth_get_access_token", id);

  expect(calls).toEqual([`GET ${tokens}${id} 200`]);
  expect(printedValues(stdout)).toEqual([
    {
      id,
      user: expect.objectContaining({ domain: "LOCAL", auth_id: user("svc").id, name: "svc", uid: null, gid: null }),
      creator: expect.objectContaining({ auth_id: "500", name: "admin" }),
      creation_time: expect.stringMatching(/^2026-03-02T08:15:42\.108\d*Z$/),
      expiration_time: null,
      enabled: true,
    },
  ]);
});

test("qq disables an access token, lets it expire, and brings it back", async () => {
  const clock = new SettableClock("2026-03-02T08:00:00Z");
  const { admin, qq, bearing } = await givenQq({ clock });
  const created = await admin.post(tokens, { user: { auth_id: "500" } });
  const id = created.field("id");
  const modify = async (...options: readonly string[]): Promise<readonly unknown[]> => {
    const { stdout, calls } = await qq("auth_modify_access_token", id, ...options);
    expect(calls).toEqual([`PATCH ${tokens}${id} 200`]);
    const { status } = await bearing(created.field("bearer_token")).get("/v1/session/who-am-i");
    const [{ enabled, expiration_time }] = printedValues(stdout) as [Record<string, unknown>];
    return [enabled, expiration_time, status];
  };

  expect(await modify()).toEqual([true, null, 200]);
  expect(await modify("-d")).toEqual([false, null, 401]);
  expect(await modify("--enable")).toEqual([true, null, 200]);
  expect(await modify("--expiration-time", "2026-03-02T08:00:00Z")).toEqual([true, "2026-03-02T08:00:00Z", 401]);
  expect(await modify("--expiration-time", "2026-03-02T10:00:01+02:00", "-e")).toEqual([
    true,
    "2026-03-02T08:00:01Z",
    200,
  ]);
});

test("qq deletes an access token, once", async () => {
  const { admin, qq, bearing } = await givenQq();
  const created = await admin.post(tokens, { user: { auth_id: "500" } });
  const id = created.field("id");

  const first = await qq("auth_delete_access_token", id);
  const second = await qq("auth_delete_access_token", id);

  expect(first).toEqual({ exitCode: 0, stdout: "", stderr: "", calls: [`DELETE ${tokens}${id} 200`] });
  expect(second).toMatchObject({ exitCode: 1, calls: [`DELETE ${tokens}${id} 404`] });
  expect(second.stderr).toMatch(/^Error 404: http_not_found_error: .+\n$/);
  expect((await bearing(created.field("bearer_token")).get("/v1/session/who-am-i")).status).toBe(401);
});

test("qq lists the access tokens of everyone and of one user", async () => {
  const { admin, qq, user } = await givenQq({ localUsers: ["svc"], clock: new SettableClock("2026-03-02T08:15:42Z") });
  const of = async (authId: string, extra: object): Promise<string> =>
    (await admin.post(tokens, { user: { auth_id: authId }, ...extra })).field("id");
  const admins = await of("500", {});
  const services = await of(user("svc").id, { expiration_time: "2030-01-01T00:00:00Z" });
  await admin.patch(`${tokens}${services}`, { enabled: false });

  const all = await qq("auth_list_access_tokens");
  const one = await qq("auth_list_access_tokens", "--user", "local:svc", "--json");

  expect(all.calls).toEqual([`GET ${tokens} 200`]);
  const rows = all.stdout.split("\n").map((line) => line.trim().split(/\s{2,}/));
  expect(rows[0]).toEqual(["id", "user", "creator", "creation time", "expiration time", "enabled"]);
  expect(rows).toContainEqual([admins, "admin", "admin", expect.stringMatching(/^2026-03-02T08:15:42.*Z$/), "True"]);
  const times = [expect.stringMatching(/^2026/), "2030-01-01T00:00:00Z"];
  expect(rows).toContainEqual([services, "svc", "admin", ...times, "False"]);
  expect(one.calls).toEqual([`GET ${tokens}?user=svc 200`]);
  expect(printedValues(one.stdout)).toEqual([[expect.objectContaining({ id: services, enabled: false })]]);
});

test("every way in which qq names a user in a query finds the user", async () => {
  const { admin, qq } = await givenQq();
  const made = await admin.post("/v1/users/", {
    name: "svc",
    primary_group: "513",
    uid: "5001",
    password: "Test-Passw0rd",
  });
  const [authId, sid] = [made.field("id"), made.field("sid")];
  const id = (await admin.post(tokens, { user: { auth_id: authId } })).field("id");
  const forms = ["svc", "local:svc", "name:SVC", "uid:5001", `sid:${sid}`, sid.toLowerCase(), `auth_id:${authId}`];

  const outcomes = await Promise.all(
    forms.map(async (form) => (await qq("auth_list_access_tokens", "--json", "--user", form)).stdout),
  );

  const ids = outcomes.map((stdout) => printedValues(stdout));
  expect(ids).toEqual(forms.map(() => [[expect.objectContaining({ id })]]));
});

test("qq reads all pages of a list", async () => {
  const { admin, qq } = await givenQq();
  // One more than a page holds.
  const uids = Array.from({ length: 1_001 }, (_, index) => index + 1);
  await tenAtATime(uids, async (uid) => admin.post(tokens, { user: { uid } }));

  const { exitCode, stdout, calls } = await qq("auth_list_access_tokens", "--json");

  expect(exitCode).toBe(0);
  expect(calls).toEqual([
    `GET ${tokens} 200`,
    expect.stringMatching(/^GET \/v1\/auth\/access-tokens\/\?after=\d+\S* 200$/),
  ]);
  const [listed] = printedValues(stdout) as [readonly { readonly user: { readonly uid: number } }[]];
  expect(new Set(listed.map(({ user }) => user.uid))).toEqual(new Set(uids));
});

test.each([
  ["a third access token", "admin", "400: too_many_access_tokens_error"],
  ["a group", "local:Users", "400: cred_identity_not_supported_error"],
  ["everyone", "world:Everyone", "400: cred_identity_not_supported_error"],
  ["a name that nobody has", "local:nobody", "400: cred_invalid_local_user_error"],
  ["an id that nobody has", "auth_id:4711", "400: cred_invalid_local_user_error"],
  ["a malformed SID", "sid:S-1", "400: cred_invalid_sid_error"],
])("qq is refused %s", async (_what, identity, refusal) => {
  const { admin, qq } = await givenQq();
  for (let count = 0; count < 2; count += 1) await admin.post(tokens, { user: { auth_id: "500" } });

  const { exitCode, stdout, stderr, calls } = await qq("auth_create_access_token", identity);

  expect({ exitCode, stdout, calls }).toEqual({ exitCode: 1, stdout: "", calls: [`POST ${tokens} 400`] });
  expect(stderr).toMatch(new RegExp(`^Error ${refusal}: .+\n$`));
});

test("qq tells what it does not find", async () => {
  const { qq } = await givenQq();

  const outcomes = await Promise.all([
    qq("auth_get_access_token", "4711"),
    qq("auth_modify_access_token", "4711", "-e"),
    qq("auth_delete_access_token", "../users"),
    qq("auth_list_access_tokens", "--user", "nobody"),
  ]);

  const refusals = outcomes.map(({ exitCode, stderr }) => [exitCode, stderr.split(":").slice(0, 2).join(":")]);
  expect(refusals).toEqual([
    [1, "Error 404: http_not_found_error"],
    [1, "Error 404: http_not_found_error"],
    [1, "Error 404: http_not_found_error"],
    [1, "Error 400: cred_invalid_local_user_error"],
  ]);
});

test("usage mistakes about access tokens do not reach the cluster", async () => {
  const { qq } = await givenQq();

  const outcomes = await Promise.all([
    qq("auth_create_access_token", "--self", "admin"),
    qq("auth_create_access_token", "qumulosupport:everyone"),
    qq("auth_create_access_token", "admin", "--expiration-time", "never"),
    qq("auth_list_access_tokens", "--self", "--user", "admin"),
    qq("auth_get_access_token"),
    // Ends in a traceback of Python.
    qq("auth_create_access_token"),
  ]);

  expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2, 2, 1]);
  expect(outcomes.flatMap(({ calls }) => calls)).toEqual([]);
});
