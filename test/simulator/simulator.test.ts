import { expect, test } from "@jest/globals";
import { privilegeNames } from "../../src/vocabulary/privileges.ts";
import { givenCluster } from "../support/given-cluster.ts";

test("admin signs in and is told who they are", async () => {
  const { admin } = await givenCluster();

  const reply = await admin.get("/v1/session/who-am-i");

  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject({ id: "500", name: "admin", primary_group: "513", privileges: privilegeNames });
});

test("an access token of a new user answers who-am-i with its own id", async () => {
  const { admin, bearing, user } = await givenCluster({ localUsers: ["svc-backup"] });

  const created = await admin.post("/v1/auth/access-tokens/", { user: { auth_id: user("svc-backup").id } });
  const reply = await bearing(created.field("bearer_token")).get("/v1/session/who-am-i");

  expect(reply.body).toMatchObject({ name: "svc-backup", access_token_id: created.field("id"), privileges: [] });
});
