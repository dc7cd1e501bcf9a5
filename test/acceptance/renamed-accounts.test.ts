import { expect, test } from "@jest/globals";
import { givenWorkspace, onEveryEngineAttached, type Workspace } from "../support/engines/given-workspace.ts";

/** The role by a single membership, another one by a whole list, both by the name of a user of this configuration. */
const byReference = (name: string) => `
resource "qumulo_local_user" "ops" {
  for_each = { ops1 = "${name}" }
  name     = each.value
}

resource "qumulo_role_member" "m" {
  role_name = "Observers"
  name      = qumulo_local_user.ops["ops1"].name
}

resource "qumulo_role" "r" {
  name       = "ops"
  privileges = []
}

resource "qumulo_role_members" "all" {
  role_name = qumulo_role.r.name
  members   = ["local:\${qumulo_local_user.ops["ops1"].name}"]
}
`;

const byName = `
resource "qumulo_role_member" "m" {
  role_name = "Observers"
  name      = "svc-a"
  domain    = "LOCAL"
}

resource "qumulo_role" "r" {
  name       = "ops"
  privileges = []
}

resource "qumulo_role_members" "all" {
  role_name = qumulo_role.r.name
  members   = ["local:svc-a", "local:other"]
}
`;

const byDataSource = (gid: string, userId: string) => `
resource "qumulo_local_group" "g" {
  name = "automation"
  gid  = "${gid}"
}

data "qumulo_local_user" "by_name" {
  name       = "svc-a"
  depends_on = [qumulo_local_group.g]
}

data "qumulo_local_user" "by_id" {
  id         = "${userId}"
  depends_on = [qumulo_local_group.g]
}

resource "qumulo_local_group_member" "g" {
  group_id  = qumulo_local_group.g.id
  member_id = data.qumulo_local_user.by_name.id
}

resource "qumulo_role_member" "m" {
  role_name = "Observers"
  name      = data.qumulo_local_user.by_id.name
}

resource "qumulo_role" "r" {
  name       = "ops"
  privileges = []
}

resource "qumulo_role_members" "all" {
  role_name = qumulo_role.r.name
  members   = ["local:\${data.qumulo_local_user.by_id.name}"]
}
`;

async function memberIds({ cluster }: Workspace, role: string): Promise<readonly string[]> {
  const { body } = await cluster.admin.get(`/v1/auth/roles/${role}/members`);
  return typeof body === "object" && body !== null && "members" in body ? Object.keys(body.members ?? {}) : [];
}

async function makeUser({ cluster }: Workspace, name: string): Promise<string> {
  const user = { name, primary_group: "513", password: "Test-Passw0rd" };
  return (await cluster.admin.post("/v1/users/", user)).field("id");
}

onEveryEngineAttached((engine) => {
  test("memberships follow a user that one apply makes again", async () => {
    const workspace = await givenWorkspace(engine, byReference("ops1"));
    await workspace.apply();
    const before = await memberIds(workspace, "Observers");

    await workspace.apply(`-replace=qumulo_local_user.ops["ops1"]`);

    const { id } = await workspace.state(`qumulo_local_user.ops["ops1"]`);
    expect(before).not.toEqual([id]);
    expect(await memberIds(workspace, "Observers")).toEqual([id]);
    expect(await memberIds(workspace, "ops")).toEqual([id]);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("memberships stay with a user who is renamed behind a reference, without a request of their own", async () => {
    const workspace = await givenWorkspace(engine, byReference("ops1"));
    await workspace.apply();
    const before = await memberIds(workspace, "Observers");
    await workspace.write(byReference("ops9"));
    const { requests } = workspace.cluster.simulator;
    const earlier = requests.length;

    const applied = await workspace.apply();

    const writes = requests.slice(earlier).filter(({ method, path }) => method !== "GET" && path.includes("/members"));
    expect(applied.stdout).toContain("0 added, 2 changed, 0 destroyed");
    expect(writes).toEqual([]);
    expect(await memberIds(workspace, "Observers")).toEqual(before);
    expect(await memberIds(workspace, "ops")).toEqual(before);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("memberships follow a name that another account has by now, and the plan names both", async () => {
    const workspace = await givenWorkspace(engine, byName, { localUsers: ["svc-a", "other"] });
    await workspace.apply();
    const { admin, user } = workspace.cluster;
    const [{ id: first }, { id: other }] = [user("svc-a"), user("other")];
    await admin.put(`/v1/users/${first}`, { id: first, name: "svc-b", primary_group: "513" });
    const second = await makeUser(workspace, "svc-a");

    const renamed = await workspace.plan();
    await workspace.apply();
    const afterRename = [await memberIds(workspace, "Observers"), await memberIds(workspace, "ops")];
    await admin.delete(`/v1/users/${second}`);
    const third = await makeUser(workspace, "svc-a");
    const remade = await workspace.plan();
    await workspace.apply();

    const text = (plan: string): string => plan.replaceAll(/[\s│|╷╵]+/g, " ");
    expect(text(renamed.stdout)).toContain(`means auth_id ${second} now`);
    expect(text(renamed.stdout)).toContain("0 to add, 2 to change, 0 to destroy");
    expect(afterRename).toEqual([[second], [other, second]]);
    expect(text(remade.stdout)).toContain(`means auth_id ${third} now`);
    expect([await memberIds(workspace, "Observers"), await memberIds(workspace, "ops")]).toEqual([
      [third],
      [other, third],
    ]);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("memberships whose names become unknown while planning stay, since they mean the same when applied", async () => {
    const workspace = await givenWorkspace(engine, "", { localUsers: ["svc-a"] });
    const { id } = workspace.cluster.user("svc-a");
    await workspace.write(byDataSource("7001", id));
    await workspace.apply();
    await workspace.write(byDataSource("7002", id));
    const { requests } = workspace.cluster.simulator;

    const plan = await workspace.plan();
    const earlier = requests.length;
    const applied = await workspace.apply();

    const writes = requests.slice(earlier).filter(({ method, path }) => method !== "GET" && path.includes("/members"));
    expect(plan.stdout).toContain("0 to add, 4 to change, 0 to destroy");
    expect(applied.stdout).toContain("0 added, 1 changed, 0 destroyed");
    expect(writes).toEqual([]);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });
});
