import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { openDurableStore } from "../../../src/simulator/store/durable-store.ts";
import { MemoryStore } from "../../../src/simulator/store/memory-store.ts";
import type { Store } from "../../../src/simulator/store/store.ts";

const alice = { id: "1000", kind: "user" } as const;
const bob = { id: "1001", kind: "user" } as const;

const cleanUps: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function givenDurableStore(): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), "store-"));
  const { store, close } = await openDurableStore(join(folder, "cluster.db"), () => undefined);
  cleanUps.push(close, async () => rm(folder, { recursive: true }));
  return store;
}

const kinds = {
  "in memory": async (): Promise<Store> => Promise.resolve(new MemoryStore()),
  "in a file": givenDurableStore,
};

describe.each(Object.entries(kinds))("a store %s", (_kind, givenStore) => {
  test("a record that was put is found by its key until it is removed", async () => {
    const store = await givenStore();

    store.put("accountNames", "alice", alice);
    const before = store.find("accountNames", "alice");
    store.remove("accountNames", "alice");

    expect(before).toEqual(alice);
    expect(store.find("accountNames", "alice")).toBeUndefined();
  });

  test("a table lists its records, with and without keys", async () => {
    const store = await givenStore();

    store.put("accountNames", "alice", alice);
    store.put("accountNames", "bob", bob);

    expect(store.all("accountNames")).toEqual([alice, bob]);
    expect([...store.entries("accountNames")]).toContainEqual(["bob", bob]);
  });

  test("a transaction that throws leaves everything as it was", async () => {
    const store = await givenStore();
    store.put("accountNames", "alice", alice);

    const attempt = () =>
      store.transaction(() => {
        store.put("accountNames", "alice", bob);
        store.put("accountNames", "bob", bob);
        store.put("accountNames", "bob", alice);
        store.remove("accountNames", "alice");
        throw new Error("halfway");
      });

    expect(attempt).toThrow("halfway");
    expect([...store.entries("accountNames")]).toEqual([["alice", alice]]);
  });

  test("a transaction that ends keeps what it wrote and gives its result", async () => {
    const store = await givenStore();

    const result = store.transaction(() => {
      store.put("accountNames", "alice", alice);
      return "done";
    });

    expect(result).toBe("done");
    expect(store.find("accountNames", "alice")).toEqual(alice);
  });

  test("an index finds records by what they hold now", async () => {
    const store = await givenStore();
    const member = { groupId: "1000", userId: "1001" };

    store.put("groupMembers", "1000 1001", member);
    store.put("groupMembers", "1000 1002", { groupId: "1000", userId: "1002" });
    store.put("groupMembers", "1000 1002", { groupId: "1003", userId: "1002" });

    expect(store.where("groupMembers", "group", "1000")).toEqual([member]);
    expect(store.where("groupMembers", "group", "1003")).toHaveLength(1);
  });

  test("a transaction that throws leaves indexes and order as they were", async () => {
    const store = await givenStore();
    store.put("accessTokens", "99", givenToken("99", "7"));

    const attempt = () =>
      store.transaction(() => {
        store.remove("accessTokens", "99");
        store.put("accessTokens", "100", givenToken("100", "7"));
        throw new Error("halfway");
      });

    expect(attempt).toThrow("halfway");
    expect(store.where("accessTokens", "user", "7").map(({ id }) => id)).toEqual(["99"]);
    expect(store.slice("accessTokens", undefined, 10).map(({ id }) => id)).toEqual(["99"]);
  });

  test("numbered records come in the order of their numbers, not of their digits", async () => {
    const store = await givenStore();
    for (const id of ["100", "9", "18525943701668293205784"]) store.put("accessTokens", id, givenToken(id, "7"));

    const all = store.slice("accessTokens", undefined, 10).map(({ id }) => id);
    const afterNine = store.slice("accessTokens", "9", 1).map(({ id }) => id);
    const afterMissing = store.slice("accessTokens", "10", 10).map(({ id }) => id);

    expect(all).toEqual(["9", "100", "18525943701668293205784"]);
    expect(afterNine).toEqual(["100"]);
    expect(afterMissing).toEqual(["100", "18525943701668293205784"]);
  });

  test("transactions do not nest, and the outer one goes back with the inner one's failure", async () => {
    const store = await givenStore();

    const attempt = () =>
      store.transaction(() => {
        store.put("accountNames", "alice", alice);
        return store.transaction(() => alice);
      });

    expect(attempt).toThrow("do not nest");
    expect(store.find("accountNames", "alice")).toBeUndefined();
  });

  test("a record keeps its place when it is replaced, and comes last when it was removed before", async () => {
    const store = await givenStore();
    store.put("accountNames", "alice", alice);
    store.put("accountNames", "bob", bob);

    store.put("accountNames", "alice", bob);
    const afterReplacing = [...store.entries("accountNames")].map(([key]) => key);
    store.remove("accountNames", "alice");
    store.put("accountNames", "alice", alice);

    expect(afterReplacing).toEqual(["alice", "bob"]);
    expect([...store.entries("accountNames")].map(([key]) => key)).toEqual(["bob", "alice"]);
  });
});

function givenToken(id: string, userId: string) {
  const secret = { expiresAt: null, enabled: true, bearerTokenDigest: "" };
  return { id, userId, creatorId: userId, createdAt: "0", ...secret };
}
