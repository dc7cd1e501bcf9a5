import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { givenWorkspace, onOpenTofu, printed, type Workspace } from "../support/engines/given-workspace.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";

const address = "qumulo_access_token.svc";

const tokenOf = (reason: string) => `
resource "time_rotating" "monthly" {
  rotation_days = 30
}

resource "time_static" "asked" {
  triggers = { reason = "${reason}" }
}

resource "qumulo_access_token" "svc" {
  user       = "local:svc"
  expires_in = "90d"
  rotate_when_changed = {
    monthly = time_rotating.monthly.rfc3339
    asked   = time_static.asked.rfc3339
  }
}
`;

/** Lets a month pass for the provider of times, which knows no other clock than that of the machine. */
async function passAMonth(workspace: Workspace): Promise<void> {
  let text = await workspace.stateText();
  for (const name of ["time_rotating.monthly", "time_static.asked"]) {
    for (const time of Object.values(await workspace.state(name)).filter((value) =>
      /^2\d{3}-.*Z$/.test(String(value)),
    )) {
      const earlier = new Date(Date.parse(String(time)) - 31 * 86_400_000).toISOString().replace(".000Z", "Z");
      text = text.replaceAll(`"${String(time)}"`, `"${earlier}"`);
    }
  }
  await writeFile(path.join(workspace.folder, "terraform.tfstate"), text);
}

onOpenTofu((engine) => {
  test("a token is rotated when time_rotating has run out, and when time_static is made anew", async () => {
    const clock = new SettableClock("2026-03-02T08:00:00Z");
    const workspace = await givenWorkspace(engine, tokenOf("begin"), { localUsers: ["svc"], clock });
    await workspace.apply();
    const first = await workspace.state(address);
    const early = await workspace.plan();

    await passAMonth(workspace);
    const due = await workspace.plan();
    await workspace.apply();
    const second = await workspace.state(address);
    await workspace.write(tokenOf("somebody left"));
    const asked = await workspace.plan();
    await workspace.apply();
    const third = await workspace.state(address);

    expect(early.hasChanges).toBe(false);
    expect(printed(due)).toContain("Plan: 1 to add, 1 to change, 0 to destroy");
    expect(printed(due)).toContain("rotate_when_changed");
    expect(second).toMatchObject({ previous_token: { id: first["id"] } });
    expect(printed(asked)).toContain("Plan: 1 to add, 1 to change, 1 to destroy");
    expect(third).toMatchObject({ previous_token: { id: second["id"] } });
    expect((await workspace.plan()).hasChanges).toBe(false);
  });
});
