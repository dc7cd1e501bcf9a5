import { expect, test } from "@jest/globals";
import { givenWorkspace, onOpenTofu } from "../support/given-workspace.ts";
import { largeObjects, largeSeed } from "../support/large-cluster.ts";

/** The objects of one type as a map of HCL: from their import ids to one attribute of their configuration. */
function objectsOf(type: string, attribute: string): string {
  const entries = largeObjects
    .filter((object) => object.type === type)
    .map(({ importId, config }) => [importId, config[attribute]] as const);
  return JSON.stringify(Object.fromEntries(entries));
}

/** Imports every object of one type, and wants it as it is. */
function imported(type: string, keyedBy: string, attributes: string): string {
  return `
locals {
  ${type} = ${objectsOf(type, keyedBy)}
}

resource "${type}" "all" {
  for_each = local.${type}
  ${attributes}
}

import {
  for_each = local.${type}
  to       = ${type}.all[each.key]
  id       = each.key
}
`;
}

const configuration = [
  imported("qumulo_local_user", "name", "name = each.value"),
  imported("qumulo_access_token", "user", `user = each.value\n  expiration_time = "2099-01-01T00:00:00Z"`),
  imported("qumulo_role", "name", `name = each.value\n  privileges = ["PRIVILEGE_QUOTA_READ"]`),
  imported(
    "qumulo_role_members",
    "role_name",
    `role_name = each.value\n  members = [for index in range(500) : "local:svc-\${index}" if "role-\${index % 50}" == each.value]`,
  ),
  imported("qumulo_role_member", "role_name", `role_name = each.value\n  auth_id = split(":", each.key)[1]`),
].join("\n");

onOpenTofu((engine) => {
  test("a refresh of 500 users, 500 tokens and 50 roles with members takes at most 80 requests and plans nothing", async () => {
    const workspace = await givenWorkspace(engine, configuration, { seed: largeSeed });
    const { simulator } = workspace.cluster;
    await workspace.apply();
    const before = simulator.requests.length;

    const plan = await workspace.plan();

    const requests = simulator.requests.slice(before);
    expect(plan.hasChanges).toBe(false);
    expect(plan.stdout).toContain("No changes");
    expect(requests.length).toBeLessThanOrEqual(80);
    expect(requests.filter(({ method }) => method !== "GET").map(({ path }) => path)).toEqual(["/v1/session/login"]);
  }, 240_000);
});
