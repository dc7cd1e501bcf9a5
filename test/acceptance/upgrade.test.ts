import { cp, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { givenWorkspace, onOpenTofu } from "../support/engines/given-workspace.ts";
import { findStoredStates, recordedAt, storedStateFile } from "../support/plans/stored-states.ts";
import { SettableClock } from "../support/simulator/settable-clock.ts";

onOpenTofu((engine) => {
  test.each(findStoredStates())(
    "what version $name left is read by this one, which plans no change and keeps it as it is",
    async ({ folder, seed, objects }) => {
      const hcl = await readFile(path.join(folder, "main.tf"), "utf8");
      const workspace = await givenWorkspace(engine, hcl, { seed, clock: new SettableClock(recordedAt) });
      await cp(path.join(folder, storedStateFile), path.join(workspace.folder, "terraform.tfstate"));

      const plan = await workspace.plan();
      await workspace.apply("-refresh-only");
      const planAfterwards = await workspace.plan("-refresh=false");

      for (const { address } of objects) expect(plan.stdout).toContain(`${address}: Refreshing state...`);
      expect(plan.hasChanges).toBe(false);
      expect(planAfterwards.hasChanges).toBe(false);
      for (const { address, attributes } of objects) expect(await workspace.state(address)).toMatchObject(attributes);
    },
  );
});
