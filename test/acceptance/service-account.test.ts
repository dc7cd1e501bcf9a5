import { expect, test } from "@jest/globals";
import { givenWorkspace, onEveryEngineAttached } from "../support/engines/given-workspace.ts";

const serviceAccount = `
resource "qumulo_local_user" "backup" {
  name = "svc-backup"
}

resource "qumulo_role" "backup" {
  name        = "backup-operator"
  description = "Reads quotas and snapshots"
  privileges  = ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ"]
}

resource "qumulo_role_member" "backup" {
  role_name = qumulo_role.backup.name
  auth_id   = qumulo_local_user.backup.id
}

resource "qumulo_access_token" "backup" {
  user            = "auth_id:\${qumulo_local_user.backup.id}"
  expiration_time = "2099-12-31T00:00:00Z"
}

output "bearer_token" {
  value     = qumulo_access_token.backup.bearer_token
  sensitive = true
}

data "qumulo_who_am_i" "me" {}

output "me" {
  value = data.qumulo_who_am_i.me.name
}
`;

const builtInUsers = [expect.objectContaining({ name: "admin" }), expect.objectContaining({ name: "guest" })];

onEveryEngineAttached((engine) => {
  test("a service account with role and token is made, works, and is gone after destroy", async () => {
    const workspace = await givenWorkspace(engine, serviceAccount);
    const { admin, bearing } = workspace.cluster;

    await workspace.apply();
    const bearerToken = String(await workspace.output("bearer_token"));
    const account = bearing(bearerToken);
    const me = await account.get("/v1/session/who-am-i");

    expect(me.body).toMatchObject({
      name: "svc-backup",
      privileges: ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ"],
    });
    expect((await account.get("/v1/users/")).status).toBe(403);
    expect(await workspace.output("me")).toBe("admin");

    await workspace.destroy();

    expect((await account.get("/v1/session/who-am-i")).status).toBe(401);
    expect((await admin.get("/v1/users/")).body).toEqual(builtInUsers);
    expect((await admin.get("/v1/auth/roles/")).body).not.toHaveProperty("backup-operator");
    expect((await admin.get("/v1/auth/access-tokens/")).body).toMatchObject({ entries: [] });
  });

  test("a second plan is empty", async () => {
    const workspace = await givenWorkspace(engine, serviceAccount);

    await workspace.apply();
    const { hasChanges } = await workspace.plan();

    expect(hasChanges).toBe(false);
  });

  test("a saved plan does just what it says, also when it is applied later", async () => {
    const workspace = await givenWorkspace(engine, serviceAccount);

    await workspace.plan("-out=saved");
    const { stdout } = await workspace.apply("saved");

    expect(stdout).toContain("4 added, 0 changed, 0 destroyed");
  });

  test("for_each makes one account for each name, and takes away only what is left out", async () => {
    const fleet = (names: readonly string[]) => `
      resource "qumulo_local_user" "each" {
        for_each = toset(${JSON.stringify(names)})
        name     = each.key
      }
      resource "qumulo_access_token" "each" {
        for_each        = qumulo_local_user.each
        user            = "auth_id:\${each.value.id}"
        expiration_time = "2099-01-01T00:00:00Z"
      }
    `;
    const workspace = await givenWorkspace(engine, fleet(["svc-a", "svc-b", "svc-c"]));

    await workspace.apply();
    await workspace.write(fleet(["svc-a", "svc-c"]));
    const { stdout } = await workspace.apply();

    expect(stdout).toContain("0 added, 0 changed, 2 destroyed");
    const { body } = await workspace.cluster.admin.get("/v1/users/");
    expect(body).toHaveLength(4);
    for (const name of ["svc-a", "svc-c"]) expect(body).toContainEqual(expect.objectContaining({ name }));
  });

  test("a create of account, role, membership and token needs at most eight requests beside the login", async () => {
    const workspace = await givenWorkspace(engine, serviceAccount.replace(/data "qumulo_who_am_i"[\s\S]*$/, ""));

    await workspace.apply();

    const asked = workspace.cluster.simulator.requests
      .slice(1)
      .filter(({ path }) => path !== "/v1/session/login")
      .map(({ method, path }) => `${method} ${path}`);
    expect(asked.length).toBeLessThanOrEqual(8);
  });
});
