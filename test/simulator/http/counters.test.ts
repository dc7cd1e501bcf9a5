import { expect, test } from "@jest/globals";
import { Counters } from "../../../src/simulator/http/counters.ts";
import { givenCluster } from "../../support/simulator/given-cluster.ts";

test("exchanges are counted by method and endpoint, by status and by fault", async () => {
  const counters = new Counters();
  const { admin, nobody, simulator } = await givenCluster({
    onRequest: (entry) => {
      counters.count(entry);
    },
  });
  simulator.failNext({ path: /settings/, with: { kind: "status", status: 503 } });
  simulator.failNext({ path: /settings/, with: { kind: "empty-body" } });
  await admin.get("/v1/users/500");
  await admin.get("/v1/users/501?x=1");
  await admin.get("/v1/users/9999");
  await admin.get("/v1/users/%75");
  await admin.send("PATCH", "/v1/users/500");
  await nobody.get("/v1/nothing/here");
  await nobody.get("/v1/cluster/settings");
  await nobody.get("/v1/cluster/settings");

  const snapshot = counters.snapshot();

  expect(snapshot).toEqual({
    requests: {
      "POST /v1/session/login": 1,
      "GET /v1/users/{id}": 4,
      "PATCH /v1/users/{id}": 1,
      "GET /v1/cluster/settings": 2,
    },
    statuses: { "200": 4, "404": 3, "405": 1, "503": 1 },
    faults: { status: 1, "empty-body": 1 },
    unknownPaths: 1,
  });
});

test("a snapshot stays as it is, and an exchange without an answer counts as none", () => {
  const counters = new Counters();
  const before = counters.snapshot();

  counters.count({ method: "GET", route: "/v1/version", status: null, fault: "reset" });

  expect(before).toEqual({ requests: {}, statuses: {}, faults: {}, unknownPaths: 0 });
  expect(counters.snapshot().statuses).toEqual({ none: 1 });
});
