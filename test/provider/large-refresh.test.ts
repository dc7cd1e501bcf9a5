import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { givenEngine } from "../support/provider/given-provider.ts";
import { largeObjects, largeSeed } from "../support/simulator/large-cluster.ts";
import { tenAtATime } from "../support/simulator/ten-at-a-time.ts";

test("reading and planning 500 users, 500 tokens and 50 roles with members takes at most 80 requests", async () => {
  const { simulator } = await givenCluster({ seed: largeSeed });
  const elapsedMs = (): number => 0;
  const importing = await givenEngine(simulator, { elapsedMs });
  const imported = await tenAtATime(largeObjects, async ({ type, importId, config }) => {
    const { kept, errors } = await importing.importById(type, importId);
    return { type, config, kept, errors };
  });
  const before = simulator.requests.length;

  const engine = await givenEngine(simulator, { elapsedMs });
  const plans = await tenAtATime(imported, async ({ type, config, kept }) => {
    const read = await engine.refresh(type, kept);
    return engine.plan(type, config, read.kept);
  });

  expect(imported.flatMap(({ errors }) => errors)).toEqual([]);
  expect(plans.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  expect(plans.filter(({ isEmpty }) => !isEmpty)).toEqual([]);
  expect(simulator.requests.length - before).toBeLessThanOrEqual(80);
}, 120_000);
