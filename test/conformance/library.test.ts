import { expect, test } from "@jest/globals";
import { givenLibrary, identity, time } from "../support/qq/given-library.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";

const tokens = "/v1/auth/access-tokens/";

/** Field by field, entry by entry: what a list of pages holds. */
function entriesOf(pages: unknown, field: string): readonly (readonly unknown[])[] {
  return (pages as readonly Record<string, readonly unknown[]>[]).map((page) => Object.values(page[field] ?? []));
}

test("the library logs in, and tells who is signed in", async () => {
  const { simulator, library, calls } = await givenLibrary();
  await library.value("authenticate", [null]);

  const refused = await library.refusal("auth.who_am_i");
  await library.value("login", ["admin", simulator.adminPassword.reveal()]);
  const user = await library.value("auth.who_am_i");
  const roles = await library.value("auth.my_roles");

  expect(refused).toMatchObject({ status: 401, errorClass: "auth_required_error", stack: [] });
  expect(user).toMatchObject({ id: "500", name: "admin" });
  expect(roles).toEqual(["Administrators"]);
  expect(calls()).toEqual([
    "GET /v1/session/who-am-i 401",
    "POST /v1/session/login 200",
    "GET /v1/session/who-am-i 200",
    "GET /v1/session/roles 200",
  ]);
});

test("the library changes a user only as long as nobody else did", async () => {
  const { library, user } = await givenLibrary({ localUsers: ["svc"] });
  const { id } = user("svc");
  const read = (await library.value("users.list_user", [id], { with_etag: true })) as { readonly etag: string };
  const change = async (name: string): Promise<object> =>
    library.call("users.modify_user", [id, name, "513", null], { if_match: read.etag, with_etag: true });

  const first = await change("svc-2");
  const second = await change("svc-3");
  const unguarded = await library.call("users.modify_user", [id, "svc-4", "513", null]);

  expect(read.etag).toMatch(/^".+"$/);
  expect(first).toMatchObject({ value: { data: { id, name: "svc-2" }, etag: expect.not.stringMatching(read.etag) } });
  expect(second).toMatchObject({ refusal: { status: 412, errorClass: "http_precondition_failed_error" } });
  expect(unguarded).toMatchObject({ value: { name: "svc-4" } });
});

test("the library changes a group only as long as nobody else did", async () => {
  const { library } = await givenLibrary();
  const { id } = (await library.value("groups.add_group", ["automation", null])) as { readonly id: string };
  const read = (await library.value("groups.list_group", [id], { with_etag: true })) as { readonly etag: string };
  const change = async (gid: number): Promise<object> =>
    library.call("groups.modify_group", [id, "automation", gid], { if_match: read.etag });

  expect(await change(7001)).toMatchObject({ value: { gid: "7001" } });
  expect(await change(7002)).toMatchObject({ refusal: { status: 412 } });
});

test("the library changes a role only as long as nobody else did; members do not count", async () => {
  const { library } = await givenLibrary();
  await library.value("roles.create_role", ["quotas", "", []]);
  const read = (await library.value("roles.list_role", ["quotas"], { with_etag: true })) as { readonly etag: string };
  await library.value("roles.add_member", ["quotas"], { auth_id: "500" });
  const change = async (description: string): Promise<object> =>
    library.call("roles.modify_role", ["quotas"], { description, if_match: read.etag });

  expect(await change("mine")).toMatchObject({ value: { description: "mine" } });
  expect(await change("yours")).toMatchObject({ refusal: { status: 412 } });
});

test("the library manages the members of a group", async () => {
  const { library, user } = await givenLibrary({ localUsers: ["svc"] });
  const { id } = (await library.value("groups.add_group", ["automation", null])) as { readonly id: string };
  const { id: member } = user("svc");

  const added = await library.value("groups.group_add_member", [id, member]);
  const twice = await library.refusal("groups.group_add_member", [id, member]);
  const members = await library.value("groups.group_get_members", [id]);
  const groups = await library.value("users.list_groups_for_user", [member]);
  const removed = await library.value("groups.group_remove_member", [id, member]);
  const again = await library.refusal("groups.group_remove_member", [id, member]);

  expect(added).toMatchObject({ id: member, name: "svc", primary_group: "513" });
  expect(twice).toMatchObject({ status: 409, errorClass: "auth_group_member_exists_error" });
  expect(members).toEqual([added]);
  expect(groups).toMatchObject([{ id: "513" }, { id }]);
  expect(removed).toBeNull();
  expect(again.status).toBe(404);
});

test("the library finds users and groups by their exact names", async () => {
  const { library, user } = await givenLibrary({ localUsers: ["svc"] });

  expect(await library.value("users.get_user_id", ["svc"])).toBe(Number(user("svc").id));
  expect(await library.value("groups.get_group_id", ["Users"])).toBe(513);
  expect(await library.call("users.get_user_id", ["SVC"])).toEqual({
    exception: 'ValueError: Unable to convert "SVC" to a user id',
  });
});

test("the library reads access tokens page by page, and follows paging.next as it is", async () => {
  const names = Array.from({ length: 5 }, (_, index) => `svc-${index}`);
  const { library, user, calls } = await givenLibrary({ localUsers: names });
  const ids: string[] = [];
  for (const name of names) {
    const { id } = (await library.value("access_tokens.create", [identity({ auth_id: user(name).id })])) as {
      id: string;
    };
    ids.push(id);
  }
  const before = calls().length;

  const pages = await library.value("access_tokens.list", [], { limit: 2 });

  const read = entriesOf(pages, "entries").map((entries) => entries.map((entry) => (entry as { id: string }).id));
  expect(read).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
  expect(calls().slice(before)).toEqual([
    `GET ${tokens}?limit=2 200`,
    expect.stringMatching(/^GET \/v1\/auth\/access-tokens\/\?\S*after=\d+\S* 200$/),
    expect.stringMatching(/^GET \/v1\/auth\/access-tokens\/\?\S*after=\d+\S* 200$/),
  ]);
});

test("a page that ends with the last entry is the last page", async () => {
  const { library } = await givenLibrary();
  for (let count = 0; count < 2; count += 1) await library.value("access_tokens.create", [identity("admin")]);

  const pages = async (limit: number): Promise<readonly number[]> =>
    entriesOf(await library.value("access_tokens.list", [], { limit }), "entries").map(({ length }) => length);

  expect(await pages(1)).toEqual([1, 1]);
  expect(await pages(2)).toEqual([2]);
  expect(await pages(3)).toEqual([2]);
});

test("an access token that is deleted between two pages harms neither page", async () => {
  const { library, user } = await givenLibrary({ localUsers: ["svc"] });
  const create = async (of: string): Promise<string> =>
    ((await library.value("access_tokens.create", [identity(of)])) as { readonly id: string }).id;
  const ids = [await create("auth_id:500"), await create("auth_id:500"), await create(`auth_id:${user("svc").id}`)];
  const [first, second, third] = [...ids].sort((left, right) => (BigInt(left) < BigInt(right) ? -1 : 1));
  await library.value("access_tokens.delete", [second]);

  const pages = await library.value("access_tokens.list", [], { limit: 1 });

  expect(entriesOf(pages, "entries").flat()).toMatchObject([{ id: first }, { id: third }]);
});

test("the library reads the members of a role page by page", async () => {
  const { library, calls } = await givenLibrary();
  await library.value("roles.create_role", ["two/parts", "", []]);
  const uids = [5001, 5002, 5003, 5004, 5005];
  for (const uid of uids) await library.value("roles.add_member", ["two/parts"], { uid });
  const before = calls().length;

  const pages = await library.value("roles.list_all_members", ["two/parts"], { limit: 2 });

  expect(
    entriesOf(pages, "members").map((members) => members.map((member) => (member as { uid: number }).uid)),
  ).toEqual([[5001, 5002], [5003, 5004], [5005]]);
  const paths = calls().slice(before);
  expect(paths).toHaveLength(3);
  for (const path of paths) expect(path).toMatch(/^GET \/v1\/auth\/roles\/two%2Fparts\/members\?\S+ 200$/);
});

test("the library starts a page of members where it is told", async () => {
  const { library } = await givenLibrary();
  await library.value("roles.create_role", ["quotas", "", []]);
  for (const uid of [5001, 5002, 5003]) await library.value("roles.add_member", ["quotas"], { uid });

  const page = await library.value("roles.list_members", ["quotas"], { limit: 1, after: "12884906889" });

  expect(page).toMatchObject({
    members: { "12884906890": { uid: 5002 } },
    paging: { next: expect.stringContaining("after=12884906890") },
  });
});

test("the broken query that the library builds of user and limit is refused", async () => {
  const { library, calls } = await givenLibrary();

  const { status } = await library.refusal("access_tokens.list", [identity("admin")], { limit: 10 });

  expect(status).toBe(400);
  expect(calls()).toEqual([`GET ${tokens}?user=admin?limit=10 400`]);
});

test("the library sends an expiration with its offset, and refuses a time without one", async () => {
  const clock = new SettableClock("2026-03-02T08:15:42.108Z");
  const { library, calls } = await givenLibrary({ clock });
  const create = async (iso: string): Promise<unknown> => {
    const answer = await library.call("access_tokens.create", [identity("admin"), time(iso)]);
    if (!("value" in answer)) return answer;
    const { id } = answer.value as { readonly id: string };
    return ((await library.value("access_tokens.get", [id])) as Record<string, unknown>)["expiration_time"];
  };

  expect(await create("2030-01-20T00:00:00+00:00")).toBe("2030-01-20T00:00:00Z");
  expect(await create("2030-01-20T05:30:00.25+05:30")).toBe("2030-01-20T00:00:00.25Z");
  const before = calls().length;
  expect(await create("2030-01-20T00:00:00")).toEqual({
    exception: "ValueError: expiration_time must have time zone information",
  });
  expect(calls()).toHaveLength(before);
});

test("the library changes an access token, or nothing of it", async () => {
  const { library } = await givenLibrary();
  const { id } = (await library.value("access_tokens.create", [identity("admin")])) as { readonly id: string };
  const before = await library.value("access_tokens.get", [id]);

  const untouched = await library.value("access_tokens.modify", [id]);
  const changed = await library.value("access_tokens.modify", [id], {
    expiration_time: time("2030-01-20T00:00:00+00:00"),
    enabled: false,
  });

  expect(untouched).toEqual(before);
  expect(changed).toEqual({ ...(before as object), expiration_time: "2030-01-20T00:00:00Z", enabled: false });
});

test("after a refusal, the library goes on over a new connection", async () => {
  const { library } = await givenLibrary();

  const refused = await library.refusal("users.list_user", [4711]);
  const users = await library.value("users.list_users");

  expect(refused).toMatchObject({ status: 404, errorClass: "auth_no_such_user_error", userVisible: true });
  expect(users).toMatchObject([{ id: "500" }, { id: "501" }]);
});

test("a connection that breaks ends one call, and no more", async () => {
  const { simulator, library } = await givenLibrary();
  simulator.failNext({ with: { kind: "reset" } });

  const broken = await library.call("users.list_users");
  const next = await library.call("users.list_users");

  expect(broken).toMatchObject({ exception: expect.stringMatching(/^Connection|^RemoteDisconnected/) });
  expect(next).toMatchObject({ value: expect.anything() });
});

test("the library reads the version as a number", async () => {
  const { library } = await givenLibrary({ coreVersion: "7.2.0" });

  expect(await library.value("version.numeric_version")).toBe("7.2.0");
});
