import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { givenEngine } from "../support/provider/given-provider.ts";
import { givenWorkspace, onOpenTofu, type Workspace } from "../support/engines/given-workspace.ts";
import { type LargeObject, largeObjects, largeSeed } from "../support/simulator/large-cluster.ts";
import { tenAtATime } from "../support/simulator/ten-at-a-time.ts";

const configuration = [
  resource("qumulo_local_user", "name", "name = each.value"),
  resource("qumulo_access_token", "user", `user = each.value\n  expiration_time = "2099-01-01T00:00:00Z"`),
  resource("qumulo_role", "name", `name = each.value\n  privileges = ["PRIVILEGE_QUOTA_READ"]`),
  resource(
    "qumulo_role_members",
    "role_name",
    `role_name = each.value\n  members = [for index in range(500) : "local:svc-\${index}" if "role-\${index % 50}" == each.value]`,
  ),
  resource("qumulo_role_member", "role_name", `role_name = each.value\n  auth_id = split(":", each.key)[1]`),
].join("\n");

/** All objects of one type, by their import ids, each with one attribute of its configuration. */
function resource(type: string, attribute: string, attributes: string): string {
  const entries = objectsOf(type).map(({ importId, config }) => [importId, config[attribute]] as const);
  const objects = JSON.stringify(Object.fromEntries(entries));
  return `\nresource "${type}" "all" {\n  for_each = ${objects}\n  ${attributes}\n}\n`;
}

function objectsOf(type: string): readonly LargeObject[] {
  return largeObjects.filter((object) => object.type === type);
}

/** Writes the state that importing everything leads to; doing it by the engine would take three more runs. */
async function importEverything({ cluster, folder }: Workspace): Promise<void> {
  const engine = await givenEngine(cluster.simulator, { elapsedMs: () => 0 });
  const types = [...new Set(largeObjects.map(({ type }) => type))];
  const resources = await Promise.all(
    types.map(async (type) => ({
      mode: "managed",
      type,
      name: "all",
      provider: `provider["registry.opentofu.org/cdktf-qumulo/qumulo"]`,
      instances: await tenAtATime(objectsOf(type), async ({ importId }) => {
        const { kept, state } = await engine.importById(type, importId);
        return {
          index_key: importId,
          schema_version: engine.server.schemas.resources.get(type)?.schema.version,
          attributes: state,
          private: Buffer.from(kept.private).toString("base64"),
        };
      }),
    })),
  );
  const state = { version: 4, serial: 1, lineage: "large", outputs: {}, resources };
  await writeFile(path.join(folder, "terraform.tfstate"), JSON.stringify(state));
}

onOpenTofu((engine) => {
  test("a refresh of 500 users, 500 tokens and 50 roles with members takes at most 80 requests and plans nothing", async () => {
    const workspace = await givenWorkspace(engine, configuration, { seed: largeSeed });
    const { simulator } = workspace.cluster;
    await importEverything(workspace);
    const before = simulator.requests.length;

    const plan = await workspace.plan();

    const requests = simulator.requests.slice(before);
    expect(plan.stdout).toContain("No changes");
    expect(requests.length).toBeLessThanOrEqual(80);
    expect(requests.filter(({ method }) => method !== "GET").map((request) => request.path)).toEqual([
      "/v1/session/login",
    ]);
  }, 120_000);
});
