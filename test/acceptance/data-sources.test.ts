import { expect, test } from "@jest/globals";
import { givenWorkspace, onEveryEngineAttached, printed } from "../support/engines/given-workspace.ts";

const everything = `
resource "qumulo_local_user" "svc" {
  name = "svc-a"
}

resource "qumulo_access_token" "svc" {
  user            = "auth_id:\${qumulo_local_user.svc.id}"
  expiration_time = "2099-01-01T00:00:00Z"
}

data "qumulo_who_am_i" "me" {}

data "qumulo_identity" "svc" {
  identity = "auth_id:\${qumulo_local_user.svc.id}"
}

data "qumulo_local_user" "by_id" {
  id = qumulo_local_user.svc.id
}

data "qumulo_local_user" "by_name" {
  name = "ADMIN"
}

data "qumulo_local_users" "services" {
  name_prefix = "svc-"
  depends_on  = [qumulo_local_user.svc]
}

data "qumulo_local_group" "users" {
  name       = "Users"
  depends_on = [qumulo_local_user.svc]
}

data "qumulo_role" "observers" {
  name = "observers"
}

data "qumulo_roles" "all" {}

data "qumulo_privileges" "known" {}

data "qumulo_access_token" "svc" {
  id = qumulo_access_token.svc.id
}

data "qumulo_access_tokens" "svc" {
  user       = "auth_id:\${qumulo_local_user.svc.id}"
  depends_on = [qumulo_access_token.svc]
}

data "qumulo_cluster" "here" {}

output "found" {
  value = {
    me         = data.qumulo_who_am_i.me.name
    identity   = data.qumulo_identity.svc.name
    type       = data.qumulo_identity.svc.type
    groups     = data.qumulo_identity.svc.groups[*].name
    user       = data.qumulo_local_user.by_id.name
    admin      = data.qumulo_local_user.by_name.id
    services   = data.qumulo_local_users.services.users[*].name
    members    = contains(data.qumulo_local_group.users.members[*].name, "svc-a")
    role       = contains(data.qumulo_role.observers.privileges, "PRIVILEGE_CLUSTER_READ")
    in_role    = length(data.qumulo_role.observers.members)
    roles      = contains(data.qumulo_roles.all.roles[*].name, "Observers")
    privileges = contains(keys(data.qumulo_privileges.known.privileges), "PRIVILEGE_QUOTA_READ")
    token      = data.qumulo_access_token.svc.identity.name
    expired    = data.qumulo_access_token.svc.expired
    tokens     = one(data.qumulo_access_tokens.svc.access_tokens[*].id) == qumulo_access_token.svc.id
    cluster    = data.qumulo_cluster.here.name
    nodes      = data.qumulo_cluster.here.nodes[*].id
  }
}
`;

onEveryEngineAttached((engine) => {
  test("all data sources are read, those of objects that are made in the same run included", async () => {
    const workspace = await givenWorkspace(engine, everything, { clusterName: "lab" });

    await workspace.apply();
    const found = await workspace.output("found");
    const plan = await workspace.plan();

    expect(found).toEqual({
      me: "admin",
      identity: "svc-a",
      type: "USER",
      groups: ["Users"],
      user: "svc-a",
      admin: "500",
      services: ["svc-a"],
      members: true,
      role: true,
      in_role: 0,
      roles: true,
      privileges: true,
      token: "svc-a",
      expired: false,
      tokens: true,
      cluster: "lab",
      nodes: [1],
    });
    expect(plan.hasChanges).toBe(false);
  });

  test("what is not there, or named twice, is an error at the attribute with what to do", async () => {
    const missing = `data "qumulo_local_user" "x" {\n name = "nobody-here"\n}`;
    const workspace = await givenWorkspace(engine, missing);

    const notFound = await workspace.run("plan", "-no-color");
    await workspace.write(`data "qumulo_local_user" "x" {\n id = "500"\n name = "admin"\n}`);
    const twice = await workspace.run("validate", "-no-color");

    expect([notFound.exitCode, twice.exitCode]).toEqual([1, 1]);
    expect(printed(notFound)).toContain("No such local user");
    expect(printed(notFound)).toContain(`name = "nobody-here"`);
    expect(printed(twice)).toContain("Both id and name are set");
  });
});
