import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { givenEngine } from "../support/provider/given-provider.ts";
import { setOfValues } from "../support/provider/values.ts";

const type = "qumulo_role_members";
const membersPath = "/v1/auth/roles/Observers/members";
const names = Array.from({ length: 300 }, (_, index) => `svc-${index}`);
const half = names.slice(0, 150);

/** Requests that do not grow with the number of members: pages of lists, and who the provider's own account is. */
const fixed = 20;

const role = (members: readonly string[]) => ({
  role_name: "Observers",
  members: setOfValues(...members.map((name) => `local:${name}`)),
});

async function givenMany() {
  const cluster = await givenCluster({ localUsers: names });
  const { simulator, admin, user } = cluster;
  return {
    // One run of an engine: what is read once stays known.
    newEngine: async () => givenEngine(simulator, { elapsedMs: () => 0 }),
    add: async (members: readonly string[]) => {
      for (const name of members) await admin.post(membersPath, { auth_id: user(name).id });
    },
    /** What something comes to, how many requests it made, and how many of them were writes. */
    counting: async <T>(work: () => Promise<T>) => {
      const before = simulator.requests.length;
      const result = await work();
      const made = simulator.requests.slice(before);
      const writes = made.filter(({ method, path }) => method !== "GET" && path.startsWith(membersPath)).length;
      return { result, writes, others: made.length - writes };
    },
  };
}

test.each([
  ["into an empty role", [], names.length],
  ["over members that are there", half, names.length - half.length],
  ["over all of them", names, 0],
] as const)("300 members are set %s with one write for each who is new", async (_where, present, expected) => {
  const { newEngine, add, counting } = await givenMany();
  await add(present);
  const engine = await newEngine();

  const { result, writes, others } = await counting(async () => engine.apply(type, role(names)));

  expect(result.errors).toEqual([]);
  expect(writes).toBe(expected);
  expect(others).toBeLessThan(fixed);
});

test("300 members are read by the page, changed with one write for each change, and removed with one for each member", async () => {
  const { newEngine, add, counting } = await givenMany();
  await add(names);
  const created = await (await newEngine()).apply(type, role(names));
  const [second, third, fourth] = [await newEngine(), await newEngine(), await newEngine()];

  const read = await counting(async () => second.refresh(type, created.kept));
  const changed = await counting(async () => second.apply(type, role(half), read.result.kept));
  const restored = await counting(async () => third.apply(type, role(names), changed.result.kept));
  const destroyed = await counting(async () => fourth.destroy(type, restored.result.kept));

  for (const { result, others } of [read, changed, restored, destroyed]) {
    expect(result.errors).toEqual([]);
    expect(others).toBeLessThan(fixed);
  }
  expect([read.writes, changed.writes, restored.writes, destroyed.writes]).toEqual([0, 150, 150, 300]);
});
