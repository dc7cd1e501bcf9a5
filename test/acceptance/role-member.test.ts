import { expect, test } from "@jest/globals";
import type { Reply } from "../support/simulator/given-cluster.ts";
import { givenWorkspace, onEveryEngineAttached, printed } from "../support/engines/given-workspace.ts";

const member = (attributes: string) => `
resource "qumulo_role_member" "svc" {
  role_name = "Observers"
  ${attributes}
}
`;

function membersIn({ body }: Reply): readonly string[] {
  return typeof body === "object" && body !== null && "members" in body ? Object.keys(body.members ?? {}) : [];
}

const membersPath = "/v1/auth/roles/Observers/members";

onEveryEngineAttached((engine) => {
  test("a member given by name is added, found unchanged, moved to another and removed", async () => {
    const workspace = await givenWorkspace(engine, member(`name = "svc-a"\n domain = "LOCAL"`), {
      localUsers: ["svc-a", "svc-b"],
    });
    const [first, second] = [workspace.cluster.user("svc-a"), workspace.cluster.user("svc-b")];
    const memberIds = async () => membersIn(await workspace.cluster.admin.get(membersPath));

    await workspace.apply();
    const afterCreate = await memberIds();
    const state = await workspace.state("qumulo_role_member.svc");
    const unchanged = await workspace.plan();
    await workspace.write(member(`auth_id = "${second.id}"`));
    const move = await workspace.plan();
    await workspace.apply();
    const afterMove = await memberIds();
    await workspace.destroy();

    expect(afterCreate).toEqual([first.id]);
    expect(state).toMatchObject({ id: `Observers:${first.id}`, auth_id: first.id, domain: "LOCAL", name: "svc-a" });
    expect(unchanged.hasChanges).toBe(false);
    expect(move.stdout).toContain("0 to add, 1 to change, 0 to destroy");
    expect(afterMove).toEqual([second.id]);
    expect(await memberIds()).toEqual([]);
  });

  test("a membership ended on the cluster is planned again, and one that exists is imported", async () => {
    const workspace = await givenWorkspace(engine, member(`name = "svc-a"`), { localUsers: ["svc-a"] });
    const { id } = workspace.cluster.user("svc-a");

    await workspace.apply();
    await workspace.cluster.admin.delete(`${membersPath}/${id}`);
    const plan = await workspace.plan();
    await workspace.run("state", "rm", "qumulo_role_member.svc");
    await workspace.cluster.admin.post(membersPath, { auth_id: id });
    const imported = await workspace.run("import", "-no-color", "qumulo_role_member.svc", `Observers:${id}`);
    const afterImport = await workspace.plan();
    await workspace.run("state", "rm", "qumulo_role_member.svc");
    await workspace.write(
      `${member(`name = "svc-a"`)}\nimport {\n to = qumulo_role_member.svc\n id = "Observers:${id}"\n}`,
    );
    const byBlock = await workspace.apply();

    expect(byBlock.stdout).toContain("1 imported, 0 added, 0 changed, 0 destroyed");
    expect(plan.stdout).toContain("1 to add, 0 to change, 0 to destroy");
    expect(imported.exitCode).toBe(0);
    expect(afterImport.hasChanges).toBe(false);
  });

  test("an identity that does not exist is refused, and no membership is left", async () => {
    const workspace = await givenWorkspace(engine, member(`name = "nobody-here"\n domain = "LOCAL"`));

    const result = await workspace.run("apply", "-no-color", "-auto-approve");

    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain("nobody-here");
    expect(membersIn(await workspace.cluster.admin.get(membersPath))).toEqual([]);
  });
});
