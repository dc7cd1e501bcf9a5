import { expect, test } from "@jest/globals";
import { givenWorkspace, onEveryEngineAttached, onOpenTofu, printed } from "../support/engines/given-workspace.ts";

const role = (attributes: string) => `
resource "qumulo_role" "reader" {
  ${attributes}
}
`;

const reader = role(`name = "reader"\n description = "Reads"\n privileges = ["PRIVILEGE_QUOTA_READ"]`);

onEveryEngineAttached((engine) => {
  test("description and privileges change in place, the name replaces", async () => {
    const workspace = await givenWorkspace(engine, reader);
    await workspace.apply();

    await workspace.write(role(`name = "reader"\n privileges = ["PRIVILEGE_SNAPSHOT_READ", "PRIVILEGE_QUOTA_READ"]`));
    const update = await workspace.plan();
    await workspace.apply();
    const afterUpdate = (await workspace.cluster.admin.get("/v1/auth/roles/reader")).body;
    await workspace.write(role(`name = "viewer"\n privileges = ["PRIVILEGE_QUOTA_READ"]`));
    const replace = await workspace.plan();
    await workspace.apply();

    expect(update.stdout).toContain("0 to add, 1 to change, 0 to destroy");
    expect(afterUpdate).toMatchObject({ privileges: ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ"] });
    expect(replace.stdout).toContain("1 to add, 0 to change, 1 to destroy");
    expect((await workspace.cluster.admin.get("/v1/auth/roles/reader")).status).toBe(404);
    expect((await workspace.plan()).hasChanges).toBe(false);
  });

  test("an existing role is imported by its name in any case, by command and by block", async () => {
    const workspace = await givenWorkspace(engine, reader);
    const given = { name: "reader", description: "Reads", privileges: ["PRIVILEGE_QUOTA_READ"] };
    await workspace.cluster.admin.post("/v1/auth/roles/", given);

    const imported = await workspace.run("import", "-no-color", "qumulo_role.reader", "READER");
    const afterCommand = await workspace.plan();
    await workspace.run("state", "rm", "qumulo_role.reader");
    await workspace.write(`${reader}\nimport {\n to = qumulo_role.reader\n id = "reader"\n}`);
    const { stdout } = await workspace.apply();

    expect(imported.exitCode).toBe(0);
    expect(afterCommand.hasChanges).toBe(false);
    expect(stdout).toContain("1 imported, 0 added, 0 changed, 0 destroyed");
  });

  test("a privilege that this cluster does not know is refused while planning", async () => {
    const workspace = await givenWorkspace(engine, role(`name = "reader"\n privileges = ["PRIVILEGE_MOON_LANDING"]`));

    const result = await workspace.run("plan", "-no-color");

    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain("PRIVILEGE_MOON_LANDING");
  });
});

// What hardly depends on the engine runs on one of them.
onOpenTofu((engine) => {
  test("another case of the same name changes nothing", async () => {
    const workspace = await givenWorkspace(engine, reader);
    await workspace.apply();

    await workspace.write(reader.replace(`"reader"\n`, `"Reader"\n`));
    const { hasChanges } = await workspace.plan();

    expect(hasChanges).toBe(false);
  });

  test("a role changed on the cluster is drift that the next apply repairs", async () => {
    const workspace = await givenWorkspace(engine, reader);
    await workspace.apply();
    await workspace.cluster.admin.patch("/v1/auth/roles/reader", { privileges: ["PRIVILEGE_DEBUG"] });

    const plan = await workspace.plan();
    await workspace.apply();

    expect(plan.stdout).toContain("PRIVILEGE_DEBUG");
    const { body } = await workspace.cluster.admin.get("/v1/auth/roles/reader");
    expect(body).toMatchObject({ privileges: ["PRIVILEGE_QUOTA_READ"] });
  });

  test("a role deleted on the cluster is planned again", async () => {
    const workspace = await givenWorkspace(engine, reader);
    await workspace.apply();
    await workspace.cluster.admin.delete("/v1/auth/roles/reader");

    expect((await workspace.plan()).stdout).toContain("1 to add, 0 to change, 0 to destroy");
  });

  test("a role that a destroy finds gone already is a success", async () => {
    const workspace = await givenWorkspace(engine, reader);
    await workspace.apply();
    await workspace.cluster.admin.delete("/v1/auth/roles/reader");

    const result = await workspace.run("destroy", "-no-color", "-auto-approve", "-refresh=false");

    expect(result.exitCode).toBe(0);
  });

  test.each([
    ["PRIVILEGE_ACCESS_TOKEN_WRITE", "PRIVILEGE_ACCESS_TOKENS_WRITE"],
    ["PRIVILEGE_QUOTAS_READ", "PRIVILEGE_QUOTA_READ"],
  ])(
    "the privilege %s is warned of by validate and refused by the plan, with the one that was meant",
    async (asked, meant) => {
      const workspace = await givenWorkspace(engine, role(`name = "reader"\n privileges = ["${asked}"]`));

      const validated = await workspace.run("validate", "-no-color");
      const planned = await workspace.run("plan", "-no-color");

      expect([validated.exitCode, planned.exitCode]).toEqual([0, 1]);
      for (const result of [validated, planned]) {
        expect(printed(result)).toContain(asked);
        expect(printed(result)).toContain(meant);
      }
    },
  );

  test("a role name with white space is refused while validating", async () => {
    const workspace = await givenWorkspace(engine, role(`name = "my role"\n privileges = []`));

    const result = await workspace.run("validate", "-no-color");

    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain("white space");
  });
});
