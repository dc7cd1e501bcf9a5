import { expect, test } from "@jest/globals";
import { handMade } from "../support/hand-made-cluster.ts";
import { givenDiscovery } from "./given-discovery.ts";
import { writeFileSync } from "node:fs";

test("smoke", async () => {
  const { discover } = await givenDiscovery({ seed: handMade });
  const hcl = await discover("--format", "hcl");
  const ts = await discover("--format", "cdktf");
  writeFileSync("/tmp/disc/out.tf", hcl.out);
  writeFileSync("/tmp/disc/out.ts", ts.out);
  writeFileSync("/tmp/disc/err.txt", ts.error + hcl.exitCode);
  expect(hcl.exitCode).toBe(3);
});
