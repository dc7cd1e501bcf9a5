import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { type Engine, type Given, givenEngine, reaching } from "../support/provider/given-provider.ts";
import { givenSeries, keptBy, refreshAndPlan, type as tokenType } from "../support/provider/given-series.ts";
import { setOfValues } from "../support/provider/values.ts";

/** Two engines with the same state, the first of which the second overtakes while its change is on the way. */
async function givenTwoEngines() {
  const cluster = await givenCluster({ localUsers: ["a", "b", "c"] });
  const [first, second] = [await givenEngine(cluster.simulator), await givenEngine(cluster.simulator)];
  const overtake = async (type: string, configs: readonly [Given, Given, Given], method: string) => {
    const [before, ours, theirs] = configs;
    const { kept } = await first.apply(type, before);
    // The change is another run's.
    await first.configure(reaching(cluster.simulator));
    const applied: Awaited<ReturnType<Engine["apply"]>>[] = [];
    const meanwhile = async () => applied.push(await second.apply(type, theirs, kept));
    cluster.simulator.failNext({ method, path: /roles|users|groups/, with: { kind: "hold", meanwhile } });
    const late = await first.apply(type, ours, kept);
    return { late, faster: applied[0] };
  };
  return { ...cluster, first, second, overtake };
}

interface Race {
  readonly type: string;
  /** Before, and what the late engine and the faster one want. */
  readonly configs: [Given, Given, Given];
  readonly method: string;
  /** What the cluster has in the end. */
  readonly won: string;
}

const role = (privilege: string): Given => ({ name: "ops", privileges: setOfValues(privilege) });
const user = (home: string): Given => ({ name: "svc", home_directory: home });
const group = (gid: string): Given => ({ name: "automation", gid });

test.each([
  {
    type: "qumulo_role",
    configs: [role("PRIVILEGE_QUOTA_READ"), role("PRIVILEGE_SNAPSHOT_READ"), role("PRIVILEGE_NFS_EXPORT_READ")],
    method: "PATCH",
    won: "PRIVILEGE_NFS_EXPORT_READ",
  },
  {
    type: "qumulo_local_user",
    configs: [user("/home/one"), user("/home/ours"), user("/home/theirs")],
    method: "PUT",
    won: "/home/theirs",
  },
  { type: "qumulo_local_group", configs: [group("7001"), group("7002"), group("7003")], method: "PUT", won: "7003" },
] satisfies readonly Race[])(
  "of two changes of one $type at once the late one is refused, and nothing is lost",
  async ({ type, configs, method, won }) => {
    const { first, overtake } = await givenTwoEngines();

    const { late, faster } = await overtake(type, configs, method);

    expect(faster?.errors).toEqual([]);
    expect(late.errors).toMatchObject([{ summary: expect.stringContaining("has changed since the plan was made") }]);
    expect(late.errors[0]?.detail).toContain(won);
    expect(JSON.stringify((await first.refresh(type, late.kept)).state)).toContain(won);
  },
);

test("two changes to one role's list of members at once keep what each has added, and the next plans show it", async () => {
  const { overtake, first, second } = await givenTwoEngines();
  const list = (...members: readonly string[]): Given => ({ role_name: "Observers", members: setOfValues(...members) });
  const type = "qumulo_role_members";

  const { late, faster } = await overtake(
    type,
    [list("local:a"), list("local:a", "local:b"), list("local:a", "local:c")],
    "POST",
  );

  expect(late.errors).toEqual([]);
  expect(faster?.errors).toEqual([]);
  const all = ["local:a", "local:b", "local:c"];
  for (const [engine, kept] of [[first, late.kept] as const, [second, faster?.kept ?? late.kept] as const]) {
    expect((await engine.refresh(type, kept)).state).toMatchObject({ members: expect.arrayContaining(all) });
  }
});

test("two rotations of one series at once: one finds no slot and says who has it, and both tokens still work", async () => {
  const { engine, newEngine, simulator, statusOf, tokens } = await givenSeries();
  const created = await engine.apply(tokenType, keptBy("one"));
  const other = await newEngine();
  const applied: Awaited<ReturnType<Engine["apply"]>>[] = [];
  const meanwhile = async () => applied.push(await other.apply(tokenType, keptBy("two"), created.kept));
  simulator.failNext({ method: "POST", path: /access-tokens/, with: { kind: "hold", meanwhile } });

  const late = await engine.apply(tokenType, keptBy("two"), created.kept);

  const [faster] = applied;
  expect(faster?.errors).toEqual([]);
  expect(late.errors).toMatchObject([
    { summary: "User has two access tokens already", detail: expect.stringContaining(String(faster?.state?.["id"])) },
  ]);
  expect(late.state).toEqual(created.state);
  expect(await tokens()).toHaveLength(2);
  for (const { state } of [created, ...applied]) expect(await statusOf(state?.["bearer_token"])).toBe(200);
});

test("two new tokens for the last slot of a user at once: one is made, the other is refused with who has the slots", async () => {
  const { engine, newEngine, simulator, tokens } = await givenSeries();
  await engine.apply(tokenType, keptBy("one"));
  const other = await newEngine();
  const applied: Awaited<ReturnType<Engine["apply"]>>[] = [];
  const meanwhile = async () => applied.push(await other.apply(tokenType, keptBy("theirs")));
  simulator.failNext({ method: "POST", path: /access-tokens/, with: { kind: "hold", meanwhile } });

  const late = await (await newEngine()).apply(tokenType, keptBy("ours"));

  const [faster] = applied;
  expect(faster?.errors).toEqual([]);
  expect(late.errors).toMatchObject([{ summary: "User has two access tokens already", attribute: ["user"] }]);
  expect(late.state).toBeNull();
  expect(await tokens()).toHaveLength(2);
  const kept = faster?.kept;
  expect(kept && (await refreshAndPlan(other, keptBy("theirs"), kept)).isEmpty).toBe(true);
});
