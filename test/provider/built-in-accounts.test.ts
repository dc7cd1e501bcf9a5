import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { givenEngine } from "../support/provider/given-provider.ts";
import { setOfValues } from "../support/provider/values.ts";

const userType = "qumulo_local_user";
const groupType = "qumulo_local_group";

async function givenProvider() {
  const { simulator } = await givenCluster({ localUsers: ["svc"] });
  return { engine: await givenEngine(simulator), simulator };
}

test.each([
  ["admin", userType],
  ["GUEST", userType],
  ["Users", userType],
  ["Administrators", groupType],
  ["guests", groupType],
  ["admin", groupType],
])("no account is created with the name %s as %s", async (name, type) => {
  const { engine } = await givenProvider();

  const { errors } = await engine.plan(type, { name });

  expect(errors).toMatchObject([{ summary: "Name of a built-in account", attribute: ["name"] }]);
});

test.each([userType, groupType])(
  "a name that only holds a built-in one is free for %s, and for renames",
  async (type) => {
    const { engine } = await givenProvider();
    const created = await engine.apply(type, { name: "admin-backup" });

    const renamed = await engine.plan(type, { name: "users-2" }, created.kept);
    const taken = await engine.plan(type, { name: "Users" }, created.kept);

    expect([...created.errors, ...renamed.errors]).toEqual([]);
    expect(taken.errors).toMatchObject([{ attribute: ["name"] }]);
  },
);

test.each([
  ["name", { name: "root" }],
  ["uid", { name: "admin", uid: "1000" }],
  ["home_directory", { name: "admin", home_directory: "/home/admin" }],
  ["primary_group", { name: "admin", primary_group: "514" }],
])("a built-in user keeps its %s", async (attribute, config) => {
  const { engine } = await givenProvider();
  const imported = await engine.importById(userType, "500");

  const { errors } = await engine.plan(userType, { allow_lock_out: true, ...config }, imported.kept);

  expect(errors).toMatchObject([{ summary: "Built-in user cannot be changed", attribute: [attribute] }]);
});

test("a built-in user is imported with a warning, plans nothing, gets a password and is not deleted", async () => {
  const { engine } = await givenProvider();
  const imported = await engine.importById(userType, "501");

  const same = await engine.plan(userType, { name: "guest" }, imported.kept);
  const password = await engine.plan(userType, { name: "guest", password: "Example-Passw0rd" }, imported.kept);
  const destroyed = await engine.destroy(userType, imported.kept);

  expect(imported.warnings).toMatchObject([{ summary: "Built-in user imported" }]);
  expect(same).toMatchObject({ isEmpty: true, errors: [] });
  expect(password.errors).toEqual([]);
  expect(destroyed.errors).toMatchObject([{ summary: "Built-in user cannot be deleted" }]);
});

test("a built-in role that another provider left in state is not deleted; its members can change", async () => {
  const { engine } = await givenProvider();
  const own = await engine.apply("qumulo_role", {
    name: "Observer",
    privileges: setOfValues(),
  });
  expect(own.errors).toEqual([]);

  const state = "entries" in own.kept.state ? new Map(own.kept.state.entries) : new Map();
  state.set("name", { kind: "string", value: "Observers" });
  const destroyed = await engine.destroy("qumulo_role", { ...own.kept, state: { kind: "object", entries: state } });
  const member = await engine.apply("qumulo_role_member", { role_name: "Observers", name: "svc" });

  expect(destroyed.errors).toMatchObject([{ summary: "Built-in role cannot be deleted" }]);
  expect(member.errors).toEqual([]);
});
