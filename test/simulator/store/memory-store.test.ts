import { expect, test } from "@jest/globals";
import { MemoryStore } from "../../../src/simulator/store/memory-store.ts";

const alice = { id: "1000", kind: "user" } as const;

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
