import { expect, test } from "@jest/globals";
import { type GivenCluster, givenCluster, type Party, type Reply } from "../../../support/simulator/given-cluster.ts";
import { SettableClock } from "../../../support/simulator/settable-clock.ts";

const path = "/v1/auth/access-tokens/";

async function issue(party: Party, authId: string, expirationTime?: string): Promise<Reply> {
  return party.post(path, { user: { auth_id: authId }, expiration_time: expirationTime });
}

async function whoAmI(cluster: GivenCluster, issued: Reply): Promise<Reply> {
  return cluster.bearing(issued.field("bearer_token")).get("/v1/session/who-am-i");
}

test("creating one answers id and secret only, and the secret is never shown again", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });

  const issued = await issue(admin, user("svc").id);
  const shown = await admin.get(path + issued.field("id"));
  const listed = await admin.get(path);

  expect(issued.body).toEqual({ id: expect.stringMatching(/^\d{22,23}$/), bearer_token: expect.any(String) });
  expect(shown.text + listed.text).not.toContain(issued.field("bearer_token"));
});

test("it shows its user, its creator and its times", async () => {
  const clock = new SettableClock("2026-03-02T08:15:42.100Z");
  const { admin, user } = await givenCluster({ localUsers: ["svc"], clock });

  const issued = await issue(admin, user("svc").id, "2026-09-01T02:00:00.120+02:00");
  const shown = await admin.get(path + issued.field("id"));

  expect(shown.body).toEqual({
    id: issued.field("id"),
    user: {
      domain: "LOCAL",
      auth_id: user("svc").id,
      uid: null,
      gid: null,
      sid: expect.stringMatching(new RegExp(`^S-1-5-21-\\d+-\\d+-\\d+-${user("svc").id}$`)),
      name: "svc",
    },
    creator: expect.objectContaining({ auth_id: "500", name: "admin" }),
    creation_time: "2026-03-02T08:15:42.1Z",
    expiration_time: "2026-09-01T00:00:00.12Z",
    enabled: true,
  });
});

test("a user holds two at most, however they were created", async () => {
  const { admin, user, signIn } = await givenCluster({ localUsers: ["svc"] });
  const self = await signIn("svc", user("svc").password);

  const first = await issue(admin, user("svc").id);
  const second = await issue(self, user("svc").id);
  const third = await issue(admin, user("svc").id);

  expect([first.status, second.status, third.status]).toEqual([200, 200, 400]);
  expect(third.body).toMatchObject({ error_class: "too_many_access_tokens_error" });
});

test("creates at the same time never pass the limit", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });

  const replies = await Promise.all(Array.from({ length: 8 }, async () => issue(admin, user("svc").id)));

  expect(replies.filter(({ status }) => status === 200)).toHaveLength(2);
  expect(replies.filter(({ status }) => status === 400)).toHaveLength(6);
});

test("disabled and expired ones count, a deleted one does not", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  const first = await issue(admin, user("svc").id, "2020-01-01T00:00:00Z");
  const second = await issue(admin, user("svc").id);
  await admin.patch(path + second.field("id"), { enabled: false });

  const third = await issue(admin, user("svc").id);
  await admin.delete(path + first.field("id"));
  const fourth = await issue(admin, user("svc").id);

  expect([third.status, fourth.status]).toEqual([400, 200]);
});

test("a disabled one authenticates nobody until it is enabled again", async () => {
  const cluster = await givenCluster({ localUsers: ["svc"] });
  const { admin, user } = cluster;
  const issued = await issue(admin, user("svc").id);

  await admin.patch(path + issued.field("id"), { enabled: false });
  const disabled = await whoAmI(cluster, issued);
  await admin.patch(path + issued.field("id"), { enabled: true });
  const enabled = await whoAmI(cluster, issued);

  expect([disabled.status, enabled.status]).toEqual([401, 200]);
});

test("it works until just before its expiration, not at it", async () => {
  const clock = new SettableClock("2026-03-02T08:00:00Z");
  const cluster = await givenCluster({ localUsers: ["svc"], clock });
  const issued = await issue(cluster.admin, cluster.user("svc").id, "2026-03-02T09:00:00Z");

  clock.set("2026-03-02T08:59:59.999Z");
  const before = await whoAmI(cluster, issued);
  clock.set("2026-03-02T09:00:00Z");
  const at = await whoAmI(cluster, issued);

  expect([before.status, at.status]).toEqual([200, 401]);
});

test("a later expiration revives an expired one, an earlier one ends it", async () => {
  const clock = new SettableClock("2026-03-02T08:00:00Z");
  const cluster = await givenCluster({ localUsers: ["svc"], clock });
  const issued = await issue(cluster.admin, cluster.user("svc").id, "2020-01-01T00:00:00Z");

  const dead = await whoAmI(cluster, issued);
  const revival = await cluster.admin.patch(path + issued.field("id"), { expiration_time: "2026-03-02T08:00:01Z" });
  const revived = await whoAmI(cluster, issued);
  await cluster.admin.patch(path + issued.field("id"), { expiration_time: "2026-03-02T07:00:00Z" });
  const ended = await whoAmI(cluster, issued);

  expect([issued.status, dead.status, revived.status, ended.status]).toEqual([200, 401, 200, 401]);
  expect(revival.body).toMatchObject({ expiration_time: "2026-03-02T08:00:01Z", enabled: true });
});

test.each([
  { expiration_time: null },
  { expiration_time: "" },
  { expiration_time: "2030-01-01T00:00:00" },
  { expiration_time: 1_900_000_000 },
  { enabled: null },
  { enabled: "false" },
  [],
])("changing it to %j is refused", async (change) => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  const issued = await issue(admin, user("svc").id);

  const reply = await admin.patch(path + issued.field("id"), change);

  expect(reply.status).toBe(400);
  expect(reply.body).toMatchObject({ error_class: "decode_error" });
});

test("an empty change changes nothing, and neither do fields that cannot change", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });
  const issued = await issue(admin, user("svc").id);
  const before = await admin.get(path + issued.field("id"));

  const empty = await admin.patch(path + issued.field("id"), {});
  const foreign = await admin.patch(path + issued.field("id"), { user: { auth_id: "500" }, id: "1" });

  expect(empty.body).toEqual(before.body);
  expect(foreign.body).toEqual(before.body);
});

test("a deleted one is gone at once, and deleting it again finds nothing", async () => {
  const cluster = await givenCluster({ localUsers: ["svc"] });
  const issued = await issue(cluster.admin, cluster.user("svc").id);

  const first = await cluster.admin.delete(path + issued.field("id"));
  const use = await whoAmI(cluster, issued);
  const second = await cluster.admin.delete(path + issued.field("id"));

  expect([first.status, first.text, use.status, second.status]).toEqual([200, "", 401, 404]);
});

test("a secret that was tampered with authenticates nobody", async () => {
  const cluster = await givenCluster({ localUsers: ["svc"] });
  const text = (await issue(cluster.admin, cluster.user("svc").id)).field("bearer_token");
  const bytes = Buffer.from(text.slice("access-v1:".length), "base64");
  bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);

  const reply = await cluster.bearing(`access-v1:${bytes.toString("base64")}`).get("/v1/session/who-am-i");

  expect(reply.status).toBe(401);
});

test("a token of a deleted user answers 401 and stays listed without a name", async () => {
  const cluster = await givenCluster({ localUsers: ["svc"] });
  const { admin, user } = cluster;
  const issued = await issue(admin, user("svc").id);

  await admin.delete(`/v1/users/${user("svc").id}`);
  const use = await whoAmI(cluster, issued);
  const shown = await admin.get(path + issued.field("id"));

  expect(use.status).toBe(401);
  expect(shown.body).toMatchObject({ user: { domain: "LOCAL", auth_id: user("svc").id, name: null } });
});

test.each([
  ["a group", { domain: "LOCAL", name: "Users" }, "cred_identity_not_supported_error"],
  ["everyone", { domain: "WORLD", name: "Everyone" }, "cred_identity_not_supported_error"],
  ["a bare gid", { gid: 5_001 }, "cred_identity_not_supported_error"],
  ["an unknown name", { name: "nobody-here" }, "cred_invalid_local_user_error"],
  ["an unknown local id", { auth_id: "999999" }, "cred_invalid_local_user_error"],
  [
    "a directory's user",
    { domain: "ACTIVE_DIRECTORY", auth_id: "21474836993" },
    "cred_remote_resource_unavailable_error",
  ],
  ["nobody", {}, "decode_error"],
])("none is created for %s", async (_whom, user, errorClass) => {
  const { admin } = await givenCluster();

  const reply = await admin.post(path, { user });

  expect(reply.status).toBe(400);
  expect(reply.body).toMatchObject({ error_class: errorClass });
});

test("a request without a user names the missing field", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.post(path, {});

  expect(reply.status).toBe(400);
  expect(reply.field("description")).toContain("user");
});

test("a bare POSIX user may hold one", async () => {
  const cluster = await givenCluster();

  const issued = await cluster.admin.post(path, { user: { domain: "POSIX_USER", uid: 5_001 } });
  const reply = await whoAmI(cluster, issued);

  expect(reply.body).toMatchObject({ id: "12884906889", name: "", uid: "5001", can_change_password: false });
});

test("without a privilege one manages one's own, and nobody else's", async () => {
  const cluster = await givenCluster({ localUsers: ["svc", "other"] });
  const { admin, user, signIn } = cluster;
  const self = await signIn("svc", user("svc").password);
  const foreign = path + (await issue(admin, user("other").id)).field("id");

  const own = await issue(self, user("svc").id);
  const ownPath = path + own.field("id");
  const allowed = [
    own,
    await self.get(ownPath),
    await self.patch(ownPath, { enabled: true }),
    await self.get(`${path}?user=auth_id:${user("svc").id}`),
    await self.delete(ownPath),
  ];
  const refused = [
    await issue(self, user("other").id),
    await self.get(foreign),
    await self.patch(foreign, { enabled: false }),
    await self.delete(foreign),
    await self.get(`${path}?user=auth_id:${user("other").id}`),
    await self.get(path),
  ];

  expect(allowed.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
  expect(refused[0]?.field("description")).toContain("PRIVILEGE_ACCESS_TOKENS_WRITE");
});

test("the read privilege shows everyone's and changes none, the write privilege changes them and shows none", async () => {
  const cluster = await givenCluster({ localUsers: ["svc"] });
  const token = path + (await issue(cluster.admin, cluster.user("svc").id)).field("id");
  const reader = await cluster.holderOf("PRIVILEGE_ACCESS_TOKENS_READ");
  const writer = await cluster.holderOf("PRIVILEGE_ACCESS_TOKENS_WRITE");

  const read = [await reader.get(token), await reader.get(path), await reader.patch(token, {})];
  const written = [await writer.patch(token, {}), await writer.get(token), await writer.get(path)];

  expect(read.map(({ status }) => status)).toEqual([200, 200, 403]);
  expect(written.map(({ status }) => status)).toEqual([200, 403, 403]);
});

test("an access token creates access tokens with its user's rights", async () => {
  const cluster = await givenCluster({ localUsers: ["svc"] });
  const own = await issue(cluster.admin, "500");

  const issued = await issue(cluster.bearing(own.field("bearer_token")), cluster.user("svc").id);
  const shown = await cluster.admin.get(path + issued.field("id"));

  expect(shown.body).toMatchObject({ creator: { name: "admin" }, user: { name: "svc" } });
});

test("listing by user gives that user's tokens, in every form that names the user", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc", "other"] });
  const issued = await issue(admin, user("svc").id);
  await issue(admin, user("other").id);
  const { id } = user("svc");

  const forms = [`auth_id:${id}`, `auth_id%3A${id}`, "svc", "SVC", "local:svc", "name:svc"];
  const replies = await Promise.all(forms.map(async (form) => admin.get(`${path}?user=${form}`)));

  for (const reply of replies) {
    expect(reply.body).toEqual({
      entries: [expect.objectContaining({ id: issued.field("id") })],
      paging: { next: "" },
    });
  }
});

test("a user without any gives an empty list; an unknown user is refused", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["svc"] });

  const none = await admin.get(`${path}?user=auth_id:${user("svc").id}`);
  const unknown = await admin.get(`${path}?user=nobody-here`);
  const digits = await admin.get(`${path}?user=${user("svc").id}`);
  const empty = await admin.get(`${path}?user=`);

  expect(none.body).toEqual({ entries: [], paging: { next: "" } });
  expect([unknown.status, digits.status, empty.status]).toEqual([400, 400, 400]);
});

test("the user filter and paging exclude each other", async () => {
  const { admin } = await givenCluster();

  const limited = await admin.get(`${path}?user=admin&limit=10`);
  const continued = await admin.get(`${path}?user=admin&after=1`);

  expect([limited.status, continued.status]).toEqual([400, 400]);
});

test("pages follow one another in the order of ids, verbatim, and end with an empty text", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["a", "b", "c"] });
  const issued = await Promise.all(["c", "a", "b"].map(async (name) => issue(admin, user(name).id)));
  const expected = issued
    .map((reply) => reply.field("id"))
    .sort((left, right) => (BigInt(left) < BigInt(right) ? -1 : 1));

  const seen: string[] = [];
  let next = `${path}?limit=1`;
  while (next !== "") {
    const page = (await admin.get(next)).body as { entries: { id: string }[]; paging: { next: string } };
    seen.push(...page.entries.map(({ id }) => id));
    next = page.paging.next;
  }

  expect(seen).toEqual(expected);
});

test("a page goes on after an entry that is gone by now", async () => {
  const { admin, user } = await givenCluster({ localUsers: ["a", "b"] });
  const first = await issue(admin, user("a").id);
  const second = await issue(admin, user("b").id);
  await admin.delete(path + first.field("id"));

  const rest = await admin.get(`${path}?limit=1&after=${first.field("id")}`);

  expect(rest.body).toEqual({ entries: [expect.objectContaining({ id: second.field("id") })], paging: { next: "" } });
});

test.each(["limit=0", "limit=-1", "limit=x", "limit=1.5", "limit=", "after=x"])(
  "paging by %s is refused",
  async (query) => {
    const { admin } = await givenCluster();

    const reply = await admin.get(`${path}?${query}`);

    expect(reply.status).toBe(400);
  },
);

test("an id that is not a number is simply unknown", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.get(`${path}abc`);

  expect(reply.status).toBe(404);
});
