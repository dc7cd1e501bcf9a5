import { expect, test } from "@jest/globals";
import { isAble } from "../support/engines/engine-abilities.ts";
import { type GivenCluster, type GivenUser } from "../support/simulator/given-cluster.ts";
import { givenWorkspace, onEveryEngineAttached, onOpenTofu, printed } from "../support/engines/given-workspace.ts";

const localUsers = ["svc-a", "svc-b", "svc-c"];

const role = `
resource "qumulo_role" "ops" {
  name       = "ops"
  privileges = ["PRIVILEGE_QUOTA_READ"]
}
`;

const whole = (...members: readonly string[]) => `
resource "qumulo_role_members" "ops" {
  role_name = qumulo_role.ops.name
  members   = ${JSON.stringify(members)}
}
`;

const single = (name: string) => `
resource "qumulo_role_member" "single" {
  role_name = qumulo_role.ops.name
  name      = "${name}"
  domain    = "LOCAL"
}
`;

async function memberNames({ admin }: GivenCluster): Promise<readonly unknown[]> {
  const { body } = await admin.get("/v1/auth/roles/ops/members");
  const members = typeof body === "object" && body !== null && "members" in body ? body.members : {};
  return Object.values(members ?? {}).map((member: GivenUser) => member.name);
}

onEveryEngineAttached((engine) => {
  test("all members of a role are set, found unchanged, changed, repaired and removed", async () => {
    const workspace = await givenWorkspace(engine, role + whole("local:svc-a", "svc-b"), { localUsers });
    const { cluster } = workspace;

    await workspace.apply();
    const created = await memberNames(cluster);
    const unchanged = await workspace.plan();
    await workspace.write(role + whole("local:svc-b", "local:svc-c"));
    const change = await workspace.apply();
    const changed = await memberNames(cluster);
    await cluster.admin.post("/v1/auth/roles/ops/members", { auth_id: cluster.user("svc-a").id });
    const drift = await workspace.plan();
    await workspace.apply();
    const repaired = await memberNames(cluster);
    await workspace.destroy();

    expect(created).toEqual(["svc-a", "svc-b"]);
    expect(unchanged.hasChanges).toBe(false);
    expect(change.stdout).toContain("0 added, 1 changed, 0 destroyed");
    expect(changed).toEqual(["svc-b", "svc-c"]);
    expect(drift.stdout).toContain(`- "local:svc-a"`);
    expect(repaired).toEqual(["svc-b", "svc-c"]);
    expect((await cluster.admin.get("/v1/auth/roles/ops")).status).toBe(404);
  });

  test("the members of a role are imported by its name, and then need no change", async () => {
    const workspace = await givenWorkspace(engine, role, { localUsers });
    const { admin, user } = workspace.cluster;
    await workspace.apply();
    await admin.post("/v1/auth/roles/ops/members", { auth_id: user("svc-a").id });
    const from = isAble(engine, "importByIdentity") ? `identity = { role_name = "ops" }` : `id = "ops"`;
    const block = `\nimport {\n  to = qumulo_role_members.ops\n  ${from}\n}\n`;
    await workspace.write(role + whole(`auth_id:${user("svc-a").id}`) + block);

    const { stdout } = await workspace.apply();

    expect(stdout).toContain("1 imported, 0 added, 0 changed, 0 destroyed");
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("of two plans for one role the second is refused, and nothing is lost", async () => {
    const other = role.replace("PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ");
    const workspace = await givenWorkspace(engine, role);
    await workspace.apply();
    await workspace.write(other);
    await workspace.plan("-out=late.tfplan");
    // Another engine, with a state of its own, is faster.
    await workspace.cluster.admin.patch("/v1/auth/roles/ops", { privileges: ["PRIVILEGE_NFS_EXPORT_READ"] });

    const late = await workspace.run("apply", "-no-color", "late.tfplan");

    expect(late.exitCode).toBe(1);
    expect(printed(late)).toContain("Role ops has changed since the plan was made");
    expect((await workspace.cluster.admin.get("/v1/auth/roles/ops")).body).toMatchObject({
      privileges: ["PRIVILEGE_NFS_EXPORT_READ"],
    });
  });
});

// What hardly depends on the engine runs on one of them.
onOpenTofu((engine) => {
  test("one role is not managed in two ways, also when its name is decided while applying", async () => {
    const workspace = await givenWorkspace(engine, role + whole("local:svc-a") + single("svc-b"), { localUsers });

    const planned = await workspace.run("plan", "-no-color");
    await workspace.write(
      (role + whole("local:svc-a") + single("svc-b")).replaceAll("qumulo_role.ops.name", "qumulo_role.ops.id"),
    );
    const applied = await workspace.run("apply", "-no-color", "-auto-approve");

    for (const result of [planned, applied]) {
      expect(result.exitCode).toBe(1);
      expect(printed(result)).toContain("Members of one role are managed in two ways");
    }
    expect(await memberNames(workspace.cluster)).toHaveLength(1);
  });

  test("a member keeps the role when its management moves from one type to the other and back", async () => {
    const workspace = await givenWorkspace(engine, role + single("svc-a"), { localUsers });
    await workspace.apply();

    await workspace.write(role + whole("local:svc-a"));
    await workspace.apply();
    const asWhole = await memberNames(workspace.cluster);
    await workspace.write(role + single("svc-a"));
    await workspace.apply();

    expect(asWhole).toEqual(["svc-a"]);
    expect(await memberNames(workspace.cluster)).toEqual(["svc-a"]);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("the account that runs it does not take its own rights, unless asked for", async () => {
    const keepers = (members: string, extra = "") => `
resource "qumulo_role" "keepers" {
  name       = "keepers"
  privileges = ["PRIVILEGE_ROLE_READ", "PRIVILEGE_ROLE_WRITE", "PRIVILEGE_IDENTITY_READ"]
}
resource "qumulo_role_members" "keepers" {
  role_name = qumulo_role.keepers.name
  members   = ${members}
  ${extra}
}`;
    const workspace = await givenWorkspace(engine, keepers(`["local:svc-a"]`), { localUsers });
    const { name, password } = workspace.cluster.user("svc-a");
    const asKeeper = { QUMULO_USERNAME: name, QUMULO_PASSWORD: password };
    await workspace.apply();

    await workspace.write(keepers(`["local:svc-b"]`));
    const refused = await workspace.runWith(asKeeper, "plan", "-no-color");
    const destroyed = await workspace.runWith(asKeeper, "plan", "-destroy", "-no-color");
    await workspace.write(keepers(`["local:svc-b"]`, "allow_lock_out = true"));
    const asked = await workspace.runWith(asKeeper, "apply", "-no-color", "-auto-approve");

    for (const result of [refused, destroyed]) {
      expect(result.exitCode).toBe(1);
      expect(printed(result)).toContain("This would lock out the account that runs it");
    }
    expect(printed(asked)).toContain("0 added, 1 changed, 0 destroyed");
  });
});
