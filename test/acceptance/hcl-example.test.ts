import { cp } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { givenFolder, onEveryEngine } from "../support/engines/given-workspace.ts";

onEveryEngine((engine) => {
  test("the HCL example is applied as it is, needs no second change, and leaves nothing after destroy", async () => {
    const workspace = await givenFolder(engine, "");
    const { admin, bearing } = workspace.cluster;
    await cp(path.join(getAcceptanceGround().root, "examples/hcl"), workspace.folder, { recursive: true });

    const initialized = await workspace.run("init", "-no-color");
    const applied = await workspace.apply();
    const again = await workspace.plan();
    const account = bearing(String(await workspace.output("bearer_token")));
    const me = await account.get("/v1/session/who-am-i");
    await workspace.destroy();

    expect(initialized.exitCode).toBe(0);
    expect(applied.stdout).toContain("4 added, 0 changed, 0 destroyed");
    // Nothing in it that a reviewer would have to explain away.
    expect(applied.stdout).not.toContain("Warning");
    expect(again.hasChanges).toBe(false);
    expect(me.body).toMatchObject({
      name: "svc-backup",
      privileges: ["PRIVILEGE_CLUSTER_READ", "PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ"],
    });
    expect((await admin.get("/v1/users/")).body).toHaveLength(2);
    expect((await admin.get("/v1/auth/roles/backup-reader")).status).toBe(404);
    expect((await admin.get("/v1/auth/access-tokens/")).body).toMatchObject({ entries: [] });
  });

  test("the HCL example is formatted as the engine formats", async () => {
    const workspace = await givenFolder(engine, "");
    await cp(path.join(getAcceptanceGround().root, "examples/hcl"), workspace.folder, { recursive: true });

    const { exitCode, stdout } = await workspace.run("fmt", "-check", "-diff");

    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
  });
});
