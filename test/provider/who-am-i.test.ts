import { expect, test } from "@jest/globals";
import { givenCluster } from "../support/simulator/given-cluster.ts";
import { givenEngine } from "../support/provider/given-provider.ts";

test("the provider tells who it is to the cluster", async () => {
  const { simulator } = await givenCluster();
  const engine = await givenEngine(simulator);

  const { state, errors } = await engine.read("qumulo_who_am_i");

  expect(errors).toEqual([]);
  expect(state).toMatchObject({
    id: "500",
    name: "admin",
    privileges: expect.arrayContaining(["PRIVILEGE_ACCESS_TOKENS_WRITE"]),
    access_token_id: null,
  });
});
