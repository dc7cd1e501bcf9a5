import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { type Engine, givenUnconfiguredEngine, type Kept, reaching } from "../support/provider/given-provider.ts";
import { setOfValues } from "../support/provider/values.ts";

const guarded = setOfValues("PRIVILEGE_ROLE_WRITE", "PRIVILEGE_ROLE_READ", "PRIVILEGE_IDENTITY_READ");
const summary = "This would lock out the account that runs it";

/** A cluster, and a provider that is signed in as a user who manages roles by the role `keepers` alone. */
async function givenKeeper() {
  const cluster = await givenCluster({ localUsers: ["keeper", "other"] });
  const { admin, simulator, user } = cluster;
  const { id, name, password } = user("keeper");
  await admin.post("/v1/auth/roles/", { name: "seeds", description: "", privileges: [] });
  const asAdmin = givenUnconfiguredEngine();
  await asAdmin.configure(reaching(simulator));
  const engine = givenUnconfiguredEngine();
  const signIn = async () => engine.configure({ ...reaching(simulator), username: name, password });
  const keepers = { name: "keepers", privileges: guarded };
  const role = await asAdmin.apply("qumulo_role", keepers);
  const single = { role_name: "keepers", auth_id: id };
  const member = await asAdmin.apply("qumulo_role_member", single);
  await signIn();
  return { ...cluster, engine, asAdmin, signIn, id, keepers, role, single, member };
}

async function refusals(engine: Engine, type: string, kept: Kept) {
  return (await engine.destroy(type, kept)).errors.map((error) => error.summary);
}

test("the account that runs it does not leave the role that its rights come from, unless asked for", async () => {
  const { engine, asAdmin, id, single, member } = await givenKeeper();

  const refused = await engine.destroy("qumulo_role_member", member.kept);
  const replaced = await engine.plan("qumulo_role_member", { ...single, auth_id: "501" }, member.kept);
  const byOthers = await asAdmin.plan("qumulo_role_member", { ...single, auth_id: "501" }, member.kept);
  const allowed = await engine.apply("qumulo_role_member", { ...single, allow_lock_out: true }, member.kept);

  expect(refused.errors).toMatchObject([{ summary, detail: expect.stringContaining("PRIVILEGE_ROLE_WRITE") }]);
  expect(refused.errors[0]?.detail).toContain(`keeper (auth_id ${id})`);
  expect(replaced.errors).toMatchObject([{ summary }]);
  expect(byOthers.errors).toEqual([]);
  expect(await refusals(engine, "qumulo_role_member", allowed.kept)).toEqual([]);
});

test("a role that gives nothing of that kind is left freely, and so is one of two that do", async () => {
  const { engine, asAdmin, signIn, id, member } = await givenKeeper();
  const seeds = await asAdmin.apply("qumulo_role_member", { role_name: "seeds", auth_id: id });

  expect(await refusals(engine, "qumulo_role_member", seeds.kept)).toEqual([]);

  await asAdmin.apply("qumulo_role_member", { role_name: "Administrators", auth_id: id });
  await signIn();

  expect(await refusals(engine, "qumulo_role_member", member.kept)).toEqual([]);
});

test("two roles that give the same right are not both left by one plan", async () => {
  const { engine, asAdmin, signIn, id, member } = await givenKeeper();
  const second = await asAdmin.apply("qumulo_role_member", { role_name: "Administrators", auth_id: id });
  await signIn();
  const planDestroy = async (kept: Kept) => {
    const { diagnostics } = await engine.server.planResourceChange({
      typeName: "qumulo_role_member",
      prior: kept.state,
      proposed: { kind: "null" },
      config: { kind: "null" },
      private: kept.private,
      identity: kept.identity,
    });
    return diagnostics.map((diagnostic) => diagnostic.summary);
  };

  const both = await Promise.all([planDestroy(member.kept), planDestroy(second.kept)]);

  expect(both.flat()).toEqual([summary]);
});

test("a role does not lose the privileges that the account needs, nor is it deleted or replaced", async () => {
  const { engine, keepers, role } = await givenKeeper();
  const type = "qumulo_role";

  const less = await engine.plan(type, { ...keepers, privileges: setOfValues("PRIVILEGE_ROLE_READ") }, role.kept);
  const renamed = await engine.plan(type, { ...keepers, name: "wardens" }, role.kept);
  const harmless = await engine.plan(type, { ...keepers, privileges: setOfValues("PRIVILEGE_ROLE_WRITE") }, role.kept);
  const asked = { ...keepers, privileges: setOfValues(), allow_lock_out: true };

  expect(less.errors).toMatchObject([{ summary, attribute: ["privileges"] }]);
  expect(renamed.errors).toMatchObject([{ summary, attribute: ["name"] }]);
  expect(harmless.errors).toEqual([]);
  expect(await refusals(engine, type, role.kept)).toEqual([summary]);
  expect((await engine.apply(type, asked, role.kept)).errors).toEqual([]);
});

test("the list of all members keeps the account in, unless asked for", async () => {
  const { engine, asAdmin, signIn } = await givenKeeper();
  const type = "qumulo_role_members";
  const config = (...members: readonly string[]) => ({ role_name: "keepers", members: setOfValues(...members) });

  const takenOver = await engine.plan(type, config("local:other"));
  await asAdmin.configure();
  const whole = await engine.importById(type, "keepers");
  await signIn();
  const left = await engine.plan(type, config("local:other"), whole.kept);
  await signIn();
  const asked = await engine.plan(type, { ...config("local:other"), allow_lock_out: true }, whole.kept);

  expect(takenOver.errors).toMatchObject([{ summary, attribute: ["members"] }]);
  expect(left.errors).toMatchObject([{ summary, attribute: ["members"] }]);
  expect(await refusals(engine, type, whole.kept)).toEqual([summary]);
  expect(asked.errors).toEqual([]);
});

test("rights that come by a group count as well", async () => {
  const { engine, admin, asAdmin, signIn, id, member } = await givenKeeper();
  const groupId = (await admin.post("/v1/groups/", { name: "wardens", gid: "" })).field("id");
  await admin.post(`/v1/groups/${groupId}/members/`, { member_id: id });
  const group = await asAdmin.apply("qumulo_role_member", { role_name: "keepers", auth_id: groupId });
  await admin.delete(`/v1/auth/roles/keepers/members/${id}`);
  await signIn();

  expect(await refusals(engine, "qumulo_role_member", group.kept)).toEqual([summary]);
  expect(await refusals(engine, "qumulo_role_member", member.kept)).toEqual([]);
});
