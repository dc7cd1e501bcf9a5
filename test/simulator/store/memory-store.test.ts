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
  expect(store.entries("accountNames")).toContainEqual({ key: "bob", record: bob });
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
  expect(store.entries("accountNames")).toEqual([{ key: "alice", record: alice }]);
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
