import { expect, test } from "@jest/globals";
import { type GivenCluster, givenCluster } from "../support/simulator/given-cluster.ts";
import { type Engine, givenEngine, type Given } from "../support/provider/given-provider.ts";
import { setOfValues } from "../support/provider/values.ts";

const privileges = setOfValues("PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ");

async function givenCore(coreVersion: string): Promise<GivenCluster & { readonly engine: Engine }> {
  const cluster = await givenCluster({ coreVersion, localUsers: ["svc"] });
  return { ...cluster, engine: await givenEngine(cluster.simulator) };
}

/** Creates, reads, changes (unless that would replace it) and destroys an object; tells what went wrong, and whether a plan in between was empty. */
async function liveThrough(
  engine: Engine,
  typeName: string,
  configs: { readonly first: Given; readonly second?: Given },
): Promise<{ readonly errors: readonly unknown[]; readonly isSettled: boolean }> {
  const created = await engine.apply(typeName, configs.first);
  const read = await engine.refresh(typeName, created.kept);
  const plan = await engine.plan(typeName, configs.first, read.kept);
  const changed = configs.second === undefined ? read : await engine.apply(typeName, configs.second, read.kept);
  const destroyed = await engine.destroy(typeName, changed.kept);
  const errors = [created, read, plan, changed, destroyed].flatMap((outcome) => outcome.errors);
  return { errors, isSettled: plan.isEmpty };
}

test.each(["5.3.0", "5.3.3", "6.2.0", "6.2.1", "7.2.3.2", "7.3.0", "7.8.2"])(
  "users, groups, roles and members live and end on %s",
  async (coreVersion) => {
    const { engine, user } = await givenCore(coreVersion);
    const svcId = user("svc").id;

    const outcomes = [
      await liveThrough(engine, "qumulo_local_user", { first: { name: "one" }, second: { name: "two" } }),
      await liveThrough(engine, "qumulo_role", {
        first: { name: "ops", privileges },
        second: { name: "ops", privileges, description: "Reads" },
      }),
      await liveThrough(engine, "qumulo_role_member", { first: { role_name: "Observers", name: "svc" } }),
      await liveThrough(engine, "qumulo_role_members", {
        first: { role_name: "Data-Administrators", members: setOfValues("local:svc") },
      }),
      await liveThrough(engine, "qumulo_local_group", { first: { name: "three" }, second: { name: "four" } }),
      await liveThrough(engine, "qumulo_local_group_member", { first: { group_id: "514", member_id: svcId } }),
    ];
    const self = await engine.read("qumulo_who_am_i");

    expect(outcomes).toEqual(Array(6).fill({ errors: [], isSettled: true }));
    expect(self.errors).toEqual([]);
    expect(self.state).toMatchObject({ name: "admin" });
  },
);

test.each(["5.3.3", "6.2.0", "6.2.1", "7.2.3.2", "7.3.0", "7.8.2"])(
  "access tokens live and end on %s",
  async (coreVersion) => {
    const { engine } = await givenCore(coreVersion);
    const first = { user: "local:svc", expiration_time: "2099-01-01T00:00:00Z" };

    const outcome = await liveThrough(engine, "qumulo_access_token", { first, second: { ...first, enabled: false } });

    expect(outcome).toEqual({ errors: [], isSettled: true });
  },
);

test("a privilege that came later is named when the plan is made", async () => {
  const { engine } = await givenCore("7.2.2");
  const { engine: newer } = await givenCore("7.2.3");
  const config = { name: "ops", privileges: setOfValues("PRIVILEGE_CAPACITY_READ") };

  expect((await engine.plan("qumulo_role", config)).errors).toMatchObject([
    { detail: expect.stringContaining("PRIVILEGE_CAPACITY_READ") },
  ]);
  expect((await newer.plan("qumulo_role", config)).errors).toEqual([]);
});
