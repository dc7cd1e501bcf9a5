import { expect, test } from "@jest/globals";
import { givenWorkspace, onEveryEngineAttached, onOpenTofu, printed } from "../support/engines/given-workspace.ts";

const user = (attributes: string) => `
resource "qumulo_local_user" "svc" {
  ${attributes}
}
`;

onEveryEngineAttached((engine) => {
  test("name, uid and home directory change in place", async () => {
    const workspace = await givenWorkspace(engine, user(`name = "svc-a"`));
    await workspace.apply();
    const before = await workspace.state("qumulo_local_user.svc");

    await workspace.write(user(`name = "svc-b"\n uid = "5001"\n home_directory = "/home/svc"`));
    const plan = await workspace.plan();
    await workspace.apply();
    const again = await workspace.plan();

    expect(plan.stdout).toContain("0 to add, 1 to change, 0 to destroy");
    expect(await workspace.state("qumulo_local_user.svc")).toMatchObject({
      id: before["id"],
      name: "svc-b",
      uid: "5001",
      home_directory: "/home/svc",
    });
    expect(again.hasChanges).toBe(false);
  });

  test("an existing user is imported by name and by id, and then needs no change", async () => {
    const workspace = await givenWorkspace(engine, user(`name = "svc-old"`), { localUsers: ["svc-old"] });
    const { id } = workspace.cluster.user("svc-old");

    const byName = await workspace.run("import", "-no-color", "qumulo_local_user.svc", "svc-old");
    const afterName = await workspace.plan();
    await workspace.run("state", "rm", "qumulo_local_user.svc");
    const byId = await workspace.run("import", "-no-color", "qumulo_local_user.svc", id);
    const afterId = await workspace.plan();

    expect([byName.exitCode, byId.exitCode]).toEqual([0, 0]);
    expect([afterName.hasChanges, afterId.hasChanges]).toEqual([false, false]);
    expect(await workspace.state("qumulo_local_user.svc")).toMatchObject({ id, name: "svc-old" });
  });

  test("an import block takes an existing user over while planning", async () => {
    const workspace = await givenWorkspace(
      engine,
      `${user(`name = "svc-old"`)}
      import {
        to = qumulo_local_user.svc
        id = "svc-old"
      }`,
      { localUsers: ["svc-old"] },
    );

    const { stdout } = await workspace.apply();

    expect(stdout).toContain("1 imported, 0 added, 0 changed, 0 destroyed");
  });

  test("a password given or made is in no state, no plan and no output", async () => {
    const canary = "Canary-Passw0rd-91";
    const workspace = await givenWorkspace(
      engine,
      user(`name = "svc-a"\n password = var.password`) + sensitiveVariable,
    );

    const applied = await workspace.runWith({ TF_VAR_password: canary, TF_LOG: "TRACE" }, "apply", "-auto-approve");

    expect(applied.exitCode).toBe(0);
    const state = await workspace.stateText();
    expect(state.split(canary)).toHaveLength(2);
    // The engine's own log included, which holds no values.
    expect(applied.stdout + applied.stderr).not.toContain(canary);
    const session = await workspace.cluster.signIn("svc-a", canary);
    expect((await session.get("/v1/session/who-am-i")).field("name")).toBe("svc-a");
  });
});

// What hardly depends on the engine runs on one of them.
onOpenTofu((engine) => {
  test("a change made on the cluster is drift that the next apply repairs", async () => {
    const workspace = await givenWorkspace(engine, user(`name = "svc-a"\n home_directory = "/home/svc"`));
    await workspace.apply();
    const { id, primary_group, uid } = await workspace.state("qumulo_local_user.svc");
    await workspace.cluster.admin.put(`/v1/users/${String(id)}`, {
      id,
      primary_group,
      uid: uid ?? "",
      name: "svc-a",
      home_directory: "/elsewhere",
    });

    const plan = await workspace.plan();
    await workspace.apply();

    expect(plan.stdout).toContain("/elsewhere");
    const repaired = await workspace.cluster.admin.get(`/v1/users/${String(id)}`);
    expect(repaired.field("home_directory")).toBe("/home/svc");
  });

  test("a user deleted on the cluster is planned again", async () => {
    const workspace = await givenWorkspace(engine, user(`name = "svc-a"`));
    await workspace.apply();
    const { id } = await workspace.state("qumulo_local_user.svc");
    await workspace.cluster.admin.delete(`/v1/users/${String(id)}`);

    const { stdout } = await workspace.plan();

    expect(stdout).toContain("1 to add, 0 to change, 0 to destroy");
  });

  test("a name that is taken is refused with the way to import it, and nothing is left half-made", async () => {
    const workspace = await givenWorkspace(engine, user(`name = "svc-old"`), { localUsers: ["svc-old"] });

    const result = await workspace.run("apply", "-no-color", "-auto-approve");

    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain("svc-old");
    expect(printed(result)).toContain("import");
    expect((await workspace.run("state", "list")).stdout.trim()).toBe("");
  });
});

const sensitiveVariable = `
variable "password" {
  type      = string
  sensitive = true
}
`;
