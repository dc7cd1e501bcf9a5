import { expect, test } from "@jest/globals";
import { MemoryStore } from "../../../src/simulator/store/memory-store.ts";

const alice = { id: "1000", kind: "user" } as const;
const bob = { id: "1001", kind: "user" } as const;

test("a record that was put is found by its key until it is removed", () => {
  const store = new MemoryStore();

  store.put("accountNames", "alice", alice);
  const before = store.find("accountNames", "alice");
  store.remove("accountNames", "alice");

  expect(before).toEqual(alice);
  expect(store.find("accountNames", "alice")).toBeUndefined();
});

test("a table lists its records, with and without keys", () => {
  const store = new MemoryStore();

  store.put("accountNames", "alice", alice);
  store.put("accountNames", "bob", bob);

  expect(store.all("accountNames")).toEqual([alice, bob]);
  expect([...store.entries("accountNames")]).toContainEqual(["bob", bob]);
});

test("a transaction that throws leaves everything as it was", () => {
  const store = new MemoryStore();
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

test("a transaction that ends keeps what it wrote and gives its result", () => {
  const store = new MemoryStore();

  const result = store.transaction(() => {
    store.put("accountNames", "alice", alice);
    return "done";
  });

  expect(result).toBe("done");
  expect(store.find("accountNames", "alice")).toEqual(alice);
});

test("an index finds records by what they hold now", () => {
  const store = new MemoryStore();
  const member = { groupId: "1000", userId: "1001" };

  store.put("groupMembers", "1000 1001", member);
  store.put("groupMembers", "1000 1002", { groupId: "1000", userId: "1002" });
  store.put("groupMembers", "1000 1002", { groupId: "1003", userId: "1002" });

  expect(store.where("groupMembers", "group", "1000")).toEqual([member]);
  expect(store.where("groupMembers", "group", "1003")).toHaveLength(1);
});

test("a transaction that throws leaves indexes and order as they were", () => {
  const store = new MemoryStore();
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

test("numbered records come in the order of their numbers, not of their digits", () => {
  const store = new MemoryStore();
  for (const id of ["100", "9", "18525943701668293205784"]) store.put("accessTokens", id, givenToken(id, "7"));

  const all = store.slice("accessTokens", undefined, 10).map(({ id }) => id);
  const afterNine = store.slice("accessTokens", "9", 1).map(({ id }) => id);
  const afterMissing = store.slice("accessTokens", "10", 10).map(({ id }) => id);

  expect(all).toEqual(["9", "100", "18525943701668293205784"]);
  expect(afterNine).toEqual(["100"]);
  expect(afterMissing).toEqual(["100", "18525943701668293205784"]);
});

test("a journal that cannot keep a change takes it back", () => {
  const store = new MemoryStore({
    keep() {
      throw new Error("the disk is full");
    },
  });

  const attempt = () => {
    store.put("accountNames", "alice", alice);
  };

  expect(attempt).toThrow("the disk is full");
  expect(store.find("accountNames", "alice")).toBeUndefined();
});

function givenToken(id: string, userId: string) {
  const secret = { expiresAt: null, enabled: true, bearerTokenDigest: "" };
  return { id, userId, creatorId: userId, createdAt: "0", ...secret };
}
