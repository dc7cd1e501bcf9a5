import { expect, test } from "@jest/globals";
import { shareReads } from "../../src/client/shared-reads/share-reads.ts";
import { bearing, failureOf, givenClientOf } from "../support/simulator/given-client.ts";
import { type GivenOptions, givenCluster } from "../support/simulator/given-cluster.ts";

const names = ["a", "b", "c", "d", "e", "f"];

/** A cluster with six users, read through shared requests; the test sets their age. */
async function givenShared(options: GivenOptions = {}) {
  const cluster = await givenCluster({ localUsers: names, ...options });
  const time = { elapsedMs: 0 };
  const { shared, direct } = shareReads(givenClientOf(cluster.simulator), () => time.elapsedMs);
  await shared.sessions.start();
  const ids = names.map((name) => cluster.user(name).id);
  const asked = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    const before = cluster.simulator.requests.length;
    await work();
    return cluster.simulator.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
  };
  return { ...cluster, shared, direct, time, ids, asked };
}

const userList = "GET /v1/users/";

test("three users are read one by one, and the fourth asks for the list, which answers all others", async () => {
  const { shared, ids, asked } = await givenShared();

  const three = await asked(async () => Promise.all(ids.slice(0, 3).map(async (id) => shared.localUsers.find(id))));
  const others = await asked(async () => Promise.all(ids.map(async (id) => shared.localUsers.find(id))));

  expect(three.toSorted()).toEqual(ids.slice(0, 3).map((id) => `GET /v1/users/${id}`));
  expect(others).toEqual([userList]);
});

test("one user who is asked for many times is read once", async () => {
  const { shared, ids, asked } = await givenShared();
  const id = ids[0] ?? "";

  const paths = await asked(async () => {
    for (let time = 0; time < 5; time += 1) await shared.localUsers.find(id);
  });

  expect(paths).toEqual([`GET /v1/users/${id}`]);
});

test("a list serves for two minutes, and few reads after it are no reason for another one", async () => {
  const { shared, ids, asked, time } = await givenShared();
  await shared.localUsers.list();

  time.elapsedMs = 119_999;
  const within = await asked(async () => shared.localUsers.find(ids[0] ?? ""));
  time.elapsedMs = 120_000;
  const after = await asked(async () => shared.localUsers.find(ids[0] ?? ""));

  expect(within).toEqual([]);
  expect(after).toEqual([`GET /v1/users/${ids[0] ?? ""}`]);
});

test("a user who is not in the list is asked for, so that one who came later is found", async () => {
  const { shared, admin, asked } = await givenShared();
  await shared.localUsers.list();
  const reply = await admin.post("/v1/users/", { name: "late", primary_group: "513", password: "Test-Passw0rd" });
  const id = reply.field("id");

  const found = await shared.localUsers.find(id);
  const missing = await asked(async () => shared.localUsers.find("99999"));

  expect(found?.name).toBe("late");
  expect(missing).toEqual(["GET /v1/users/99999"]);
});

test("a name that is not in a list of before is looked for in a new one", async () => {
  const { shared, admin, asked } = await givenShared();
  await shared.localUsers.list();
  await admin.post("/v1/users/", { name: "late", primary_group: "513", password: "Test-Passw0rd" });

  const paths = await asked(async () => shared.localUsers.findByName("A"));
  const found = await shared.localUsers.findByName("late");
  const missing = await shared.localUsers.findByName("nobody");

  expect(paths).toEqual([]);
  expect([found?.name, missing]).toEqual(["late", undefined]);
});

test("what is written is read again, and reads for writing ask anew and tell the ETag", async () => {
  const { shared, direct, ids, admin } = await givenShared();
  const id = ids[0] ?? "";
  await shared.localUsers.list();
  await admin.put(`/v1/users/${id}`, { id, name: "renamed", primary_group: "513", uid: "", home_directory: null });

  const stale = await shared.localUsers.find(id);
  const now = await direct.localUsers.find(id);
  await direct.localUsers.update(
    id,
    { name: "again", primaryGroup: "513", uid: undefined, homeDirectory: undefined, password: undefined },
    now?.etag,
  );

  expect([stale?.name, stale?.etag]).toEqual(["a", undefined]);
  expect([now?.name, typeof now?.etag]).toEqual(["renamed", "string"]);
  expect((await shared.localUsers.find(id))?.name).toBe("again");
});

test("a write that ends while a list is on its way makes that list stale", async () => {
  const { shared, direct, ids, simulator } = await givenShared();
  simulator.failNext({ method: "DELETE", when: "after", with: { kind: "reset" } });

  const [, failed] = await Promise.all([shared.localUsers.list(), failureOf(direct.localUsers.delete(ids[0] ?? ""))]);

  expect(failed.kind).toBe("outcome-unknown");
  expect((await shared.localUsers.list()).map(({ id }) => id)).not.toContain(ids[0]);
});

test("members of many roles are read as one list for each role, tokens as one list for all users", async () => {
  const { shared, admin, ids, asked } = await givenShared();
  for (const role of ["x", "y"]) {
    await admin.post("/v1/auth/roles/", { name: role, description: "", privileges: [] });
    for (const id of ids) await admin.post(`/v1/auth/roles/${role}/members`, { auth_id: id });
  }
  for (const id of ids) await admin.post("/v1/auth/access-tokens/", { user: { auth_id: id } });

  const members = await asked(async () => {
    for (const role of ["x", "y"]) for (const id of ids) await shared.roleMembers.find(role, id);
  });
  const tokens = await asked(async () => {
    for (const id of ids) await shared.accessTokens.listOf(id);
  });

  expect(members.slice(3)).toEqual(["x", "y"].map((role) => `GET /v1/auth/roles/${role}/members?limit=1000`));
  expect(tokens.slice(3)).toEqual(["GET /v1/auth/access-tokens/?limit=1000"]);
});

test("a member of a role that is gone is not an error", async () => {
  const { shared, ids } = await givenShared();

  const found = await Promise.all(ids.map(async (id) => shared.roleMembers.find("no-such-role", id)));

  expect(found).toEqual(ids.map(() => undefined));
  expect(await failureOf(shared.roleMembers.list("no-such-role"))).toMatchObject({ status: 404 });
});

test("who may not list all tokens reads its own one by one", async () => {
  const given = await givenShared();
  const user = await given.holderOf();
  const own: string[] = [];
  for (let count = 0; count < 2; count += 1) {
    own.push((await user.post("/v1/auth/access-tokens/", { user: { auth_id: user.user.id } })).field("id"));
  }
  const client = givenClientOf(given.simulator, { credentials: bearing(user.bearerToken ?? "") });
  const { shared } = shareReads(client, () => 0);

  for (const id of ["1", "2", "3"]) await shared.accessTokens.find(id).catch(() => undefined);
  const paths = await given.asked(async () => Promise.all(own.map(async (id) => shared.accessTokens.find(id))));
  const tokens = await shared.accessTokens.listOf(user.user.id);

  expect(paths.toSorted()).toEqual(
    ["GET /v1/auth/access-tokens/?limit=1000", ...own.map((id) => `GET /v1/auth/access-tokens/${id}`)].toSorted(),
  );
  expect(tokens.map(({ id }) => id).toSorted()).toEqual(own.toSorted());
  expect(await failureOf(shared.accessTokens.list())).toMatchObject({ status: 403 });
});
