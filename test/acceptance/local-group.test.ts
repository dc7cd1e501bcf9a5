import { expect, test } from "@jest/globals";
import { isAble } from "../support/engines/engine-abilities.ts";
import {
  givenWorkspace,
  onEveryEngineAttached,
  onOpenTofu,
  printed,
  type Workspace,
} from "../support/engines/given-workspace.ts";

const configuration = (attributes = `name = "automation"`) => `
resource "qumulo_local_user" "svc" {
  name = "svc"
}

resource "qumulo_local_group" "automation" {
  ${attributes}
  timeouts {
    create = "2m"
  }
}

resource "qumulo_local_group_member" "svc" {
  group_id  = qumulo_local_group.automation.id
  member_id = qumulo_local_user.svc.id
}
`;

const group = "qumulo_local_group.automation";
const member = "qumulo_local_group_member.svc";

function importBlock(to: string, from: string): string {
  return `\nimport {\n  to = ${to}\n  ${from}\n}\n`;
}

async function idOf(workspace: Workspace, address: string): Promise<string> {
  return String((await workspace.state(address))["id"]);
}

onEveryEngineAttached((engine) => {
  test("a group and its member are created, found unchanged, changed in place and destroyed", async () => {
    const workspace = await givenWorkspace(engine, configuration());
    const { admin } = workspace.cluster;

    await workspace.apply();
    const unchanged = await workspace.plan();
    const groupId = await idOf(workspace, group);
    const members = await admin.get(`/v1/groups/${groupId}/members/`);
    await workspace.write(configuration(`name = "robots"\n gid = "7001"`));
    const change = await workspace.apply();
    const changed = await admin.get(`/v1/groups/${groupId}`);
    await workspace.destroy();

    expect(unchanged.hasChanges).toBe(false);
    expect(members.body).toMatchObject([{ name: "svc" }]);
    expect(change.stdout).toContain("0 added, 1 changed, 0 destroyed");
    expect(changed.body).toMatchObject({ name: "robots", gid: "7001" });
    expect((await admin.get(`/v1/groups/${groupId}`)).status).toBe(404);
  });

  test("both are imported, by name and by id, and then need no change", async () => {
    const workspace = await givenWorkspace(engine, configuration(), { localUsers: ["svc"] });
    const { admin, user } = workspace.cluster;
    const userId = user("svc").id;
    const groupId = (await admin.post("/v1/groups/", { name: "automation", gid: "" })).field("id");
    await admin.post(`/v1/groups/${groupId}/members/`, { member_id: userId });
    const byIdentity = isAble(engine, "importByIdentity");
    const blocks = [
      importBlock("qumulo_local_user.svc", `id = "svc"`),
      importBlock(group, byIdentity ? `identity = { id = "${groupId}" }` : `id = "automation"`),
      importBlock(
        member,
        byIdentity ? `identity = { group_id = "${groupId}", member_id = "${userId}" }` : `id = "automation:svc"`,
      ),
    ];
    // Timeouts are not part of what is imported.
    const plain = configuration().replace(/timeouts \{[^}]*\}/, "");
    await workspace.write(plain + blocks.join(""));

    const { stdout } = await workspace.apply();
    const again = await workspace.plan();

    expect(stdout).toContain("3 imported, 0 added, 0 changed, 0 destroyed");
    expect(again.hasChanges).toBe(false);
  });
});

// What hardly depends on the engine runs on one of them.
onOpenTofu((engine) => {
  test("what was changed on the cluster is repaired", async () => {
    const workspace = await givenWorkspace(engine, configuration());
    const { admin } = workspace.cluster;
    await workspace.apply();
    const id = await idOf(workspace, group);
    const [, userId] = (await idOf(workspace, member)).split(":");
    await admin.put(`/v1/groups/${id}`, { id, name: "renamed", gid: "" });
    await admin.delete(`/v1/groups/${id}/members/${String(userId)}`);

    const drift = await workspace.plan();
    await workspace.apply();

    expect(drift.stdout).toContain("1 to add, 1 to change, 0 to destroy");
    expect((await admin.get(`/v1/groups/${id}`)).field("name")).toBe("automation");
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("a membership in the primary group is refused with what to do", async () => {
    const workspace = await givenWorkspace(
      engine,
      `${configuration()}\nresource "qumulo_local_group_member" "needless" {
  group_id  = "513"
  member_id = qumulo_local_user.svc.id
}`,
    );

    const result = await workspace.run("apply", "-no-color", "-auto-approve");

    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain("User is in the group already, by primary group");
  });
});
