import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { runEngine } from "../../src/engine/run.ts";
import { givenWorkspace, onOpenTofu, printed } from "../support/engines/given-workspace.ts";

const role = (privilege: string) => `
resource "qumulo_role" "ops" {
  name       = "ops"
  privileges = ["${privilege}"]
}
`;

onOpenTofu((engine) => {
  test("of two engines that change one role at once the late one is refused, and nothing is lost", async () => {
    const late = await givenWorkspace(engine, role("PRIVILEGE_QUOTA_READ"));
    const faster = await givenWorkspace(engine, role("PRIVILEGE_NFS_EXPORT_READ"));
    const { simulator, admin } = late.cluster;
    await late.apply();
    await late.write(role("PRIVILEGE_SNAPSHOT_READ"));
    // A state of its own for the same role, as two checkouts without a shared backend have.
    await writeFile(path.join(faster.folder, "terraform.tfstate"), await late.stateText());
    let overtaking: Awaited<ReturnType<typeof runEngine>> | undefined;
    const meanwhile = async () => {
      const place = { ...faster.place, extra: late.place.extra };
      overtaking = await runEngine(place, ["apply", "-no-color", "-auto-approve"]);
    };
    simulator.failNext({ method: "PATCH", path: /roles/, with: { kind: "hold", meanwhile } });

    const result = await late.run("apply", "-no-color", "-auto-approve");

    expect(overtaking?.exitCode).toBe(0);
    expect(result.exitCode).toBe(1);
    expect(printed(result)).toContain("Role ops has changed since the plan was made");
    expect((await admin.get("/v1/auth/roles/ops")).body).toMatchObject({ privileges: ["PRIVILEGE_NFS_EXPORT_READ"] });
    expect((await late.plan()).stdout).toContain("PRIVILEGE_NFS_EXPORT_READ");
  });
});
