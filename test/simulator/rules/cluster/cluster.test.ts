import { expect, test } from "@jest/globals";
import { givenCluster } from "../../../support/simulator/given-cluster.ts";

test("version, node state and settings are open to everyone", async () => {
  const { nobody } = await givenCluster({ clusterName: "demo" });

  const version = await nobody.get("/v1/version");
  const state = await nobody.get("/v1/node/state");
  const settings = await nobody.get("/v1/cluster/settings");

  expect(version.body).toEqual({
    revision_id: "Qumulo Core 7.8.2",
    build_id: expect.any(String),
    flavor: "release",
    build_date: expect.stringMatching(/Z$/),
  });
  expect(state.body).toEqual({ node_id: 1, state: "ACTIVE", cluster_id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(settings.body).toEqual({ cluster_name: "demo" });
});

test("a cluster says which version it is of", async () => {
  const { nobody } = await givenCluster({ coreVersion: "5.2.0.1" });

  const version = await nobody.get("/v1/version");

  expect(version.field("revision_id")).toBe("Qumulo Core 5.2.0.1");
});

test("the cluster is renamed with the privilege only, and held to If-Match", async () => {
  const cluster = await givenCluster();
  const path = "/v1/cluster/settings";
  const etag = String((await cluster.nobody.get(path)).headers["etag"]);
  const reader = await cluster.holderOf("PRIVILEGE_CLUSTER_READ");

  const replies = [
    await cluster.nobody.put(path, { cluster_name: "other" }),
    await reader.put(path, { cluster_name: "other" }),
    await cluster.admin.put(path, { cluster_name: "" }),
    await cluster.admin.put(path, { cluster_name: "other" }, etag),
    await cluster.admin.put(path, { cluster_name: "another" }, etag),
  ];
  const settings = await cluster.nobody.get(path);

  expect(replies.map(({ status }) => status)).toEqual([401, 403, 400, 200, 412]);
  expect(settings.body).toEqual({ cluster_name: "other" });
});

test("there is one node", async () => {
  const { admin } = await givenCluster({ clusterName: "demo" });

  const all = await admin.get("/v1/cluster/nodes/");
  const one = await admin.get("/v1/cluster/nodes/1");
  const none = await admin.get("/v1/cluster/nodes/2");

  expect(all.body).toEqual([one.body]);
  expect(one.body).toMatchObject({ id: 1, node_status: "online", node_name: "demo-1" });
  expect(none.status).toBe(404);
});
