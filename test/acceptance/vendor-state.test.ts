import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { renderOverrideConfig } from "../../src/engine/cli-configuration/cli-config.ts";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { isAble } from "../support/engines/engine-abilities.ts";
import { givenWorkspace, onEveryEngineAttached, printed, type Workspace } from "../support/engines/given-workspace.ts";
import { mirrorConfig, requiredProviders } from "../support/engines/workspace-files.ts";
import { readCode } from "../support/pages/pages.ts";

const page = "docs/guides/from-the-vendors-provider.md";

/** What a practitioner of the vendor's provider has written, and keeps. */
const configuration = `
resource "qumulo_local_user" "svc" {
  name          = "svc"
  primary_group = "513"
  uid           = ""
  password      = "Example-Passw0rd"
}

resource "qumulo_local_group" "automation" {
  name = "automation"
  gid  = ""
  timeouts {
    create = "10m"
  }
}

resource "qumulo_local_group_member" "svc" {
  group_id  = qumulo_local_group.automation.id
  member_id = qumulo_local_user.svc.id
}

resource "qumulo_role" "ops" {
  name        = "ops"
  description = "Reads"
  privileges  = ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ"]
}

resource "qumulo_role_member" "svc" {
  role_name = qumulo_role.ops.name
  auth_id   = qumulo_local_user.svc.id
}
`;

/** What the engine and the cluster decide in a state. */
interface Origin {
  /** The registry of the vendor's provider. */
  readonly host: string;
  readonly userId: string;
  readonly groupId: string;
  /** What is in state beside the objects of the configuration: type, name and attributes. */
  readonly further: readonly (readonly [type: string, name: string, attributes: object])[];
}

/** Objects as the vendor's provider stores them, by its documented schema, under the address of that provider. */
function storedResources({ host, userId, groupId, further }: Origin) {
  const stored = (type: string, name: string, attributes: object) => ({
    mode: "managed",
    type,
    name,
    provider: `provider["${host}/qumulo/qumulo"]`,
    instances: [
      {
        schema_version: 0,
        // An import by the vendor's provider leaves an empty object.
        attributes: { timeouts: { create: null, update: null, delete: null }, ...attributes },
        sensitive_attributes: [],
        private: Buffer.from(JSON.stringify({ "e2bfb730-ecaa-11e6-8f88-34363bc7c4c0": { create: 60e9 } })).toString(
          "base64",
        ),
      },
    ],
  });
  const sid = "S-1-5-21-3284719005-1127406633-2951880417";
  return [
    stored("qumulo_local_user", "svc", {
      id: userId,
      name: "svc",
      primary_group: "513",
      uid: "",
      home_directory: "",
      password: "Example-Passw0rd",
      sid: `${sid}-${userId}`,
      can_change_password: true,
    }),
    stored("qumulo_local_group", "automation", {
      id: groupId,
      name: "automation",
      gid: "",
      sid: `${sid}-${groupId}`,
      timeouts: { create: "10m", update: null, delete: null },
    }),
    stored("qumulo_local_group_member", "svc", {
      id: `${groupId}:${userId}`,
      group_id: groupId,
      member_id: userId,
    }),
    stored("qumulo_role", "ops", {
      id: "ops",
      name: "ops",
      description: "Reads",
      privileges: ["PRIVILEGE_SNAPSHOT_READ", "PRIVILEGE_QUOTA_READ"],
    }),
    stored("qumulo_role_member", "svc", {
      id: `ops:${userId}`,
      role_name: "ops",
      auth_id: userId,
      name: "svc",
      domain: "LOCAL",
      sid: "",
      uid: "'\\x00'",
      gid: "'\\x00'",
    }),
    ...further.map((each) => stored(...each)),
  ];
}

/** Makes on the cluster what the configuration says, and the state that the vendor's provider would have left. */
async function makeByVendor(
  { cluster, folder }: Workspace,
  host: string,
  further: readonly (readonly [type: string, name: string, attributes: object])[] = [],
): Promise<void> {
  const { admin } = cluster;
  const user = { name: "svc", primary_group: "513", password: "Example-Passw0rd" };
  const userId = (await admin.post("/v1/users/", user)).field("id");
  const groupId = (await admin.post("/v1/groups/", { name: "automation", gid: "" })).field("id");
  await admin.post(`/v1/groups/${groupId}/members/`, { member_id: userId });
  const privileges = ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ"];
  await admin.post("/v1/auth/roles/", { name: "ops", description: "Reads", privileges });
  await admin.post("/v1/auth/roles/ops/members", { auth_id: userId });
  const state = {
    version: 4,
    terraform_version: "1.5.7",
    serial: 1,
    lineage: "5f3a51a6-9b8c-4b0e-8f5e-2f4d7c1a9e10",
    outputs: {},
    resources: storedResources({ host, userId, groupId, further }),
  };
  await writeFile(path.join(folder, "terraform.tfstate"), JSON.stringify(state));
}

/** The command of the page with the registry of an engine, and without its question. */
async function replaceCommand(host: string): Promise<readonly string[]> {
  const [script = ""] = await readCode(page, "sh");
  const [program, ...args] = script.trim().replaceAll(registries.opentofu, host).split(" ");
  expect(program).toBe("tofu");
  return [...args.slice(0, 2), "-auto-approve", ...args.slice(2)];
}

const registries = { opentofu: "registry.opentofu.org", terraform: "registry.terraform.io" } as const;

test("the page's block names the provider as the tests do", async () => {
  const [block = ""] = await readCode(page, "hcl");

  expect(requiredProviders([]).replaceAll(/\s+/g, " ").trim()).toBe(block.replaceAll(/\s+/g, " ").trim());
});

onEveryEngineAttached((engine) => {
  const host = registries[engine.name];

  test("what the vendor's provider manages is taken over by replacing it in state, and needs no change", async () => {
    const workspace = await givenWorkspace(engine, configuration);
    await makeByVendor(workspace, host);

    const replaced = await workspace.run(...(await replaceCommand(host)));
    const plan = await workspace.plan();
    await workspace.destroy();

    expect(replaced.exitCode).toBe(0);
    expect(plan.stdout).toContain("No changes");
    expect(plan.hasChanges).toBe(false);
    expect((await workspace.cluster.admin.get("/v1/auth/roles/ops")).status).toBe(404);
  });

  test("a built-in role in the vendor's state is given up as the error and the page say", async () => {
    const grant = (roleName: string) => `
resource "qumulo_role_member" "observer" {
  role_name = ${roleName}
  auth_id   = qumulo_local_user.svc.id
}
`;
    const block = `resource "qumulo_role" "observers" {\n  name       = "Observers"\n  privileges = []\n}\n`;
    const builtIn = block + grant("qumulo_role.observers.name");
    const workspace = await givenWorkspace(engine, configuration + builtIn);
    await makeByVendor(workspace, host, [
      ["qumulo_role", "observers", { id: "Observers", name: "Observers", description: "", privileges: [] }],
    ]);
    const { admin } = workspace.cluster;
    await admin.post("/v1/auth/roles/Observers/members", { name: "svc" });
    await workspace.run(...(await replaceCommand(host)));

    const refused = await workspace.run("plan", "-no-color");
    await workspace.write(configuration + grant('"Observers"'));
    await workspace.run("state", "rm", "qumulo_role.observers");
    const plan = await workspace.plan();

    expect(refused.exitCode).toBe(1);
    expect(printed(refused)).toContain("Built-in role cannot be managed");
    expect(printed(refused)).toContain("state rm");
    expect(plan.stdout).toContain("Plan: 1 to add, 0 to change, 0 to destroy.");
    expect((await admin.get("/v1/auth/roles/Observers")).status).toBe(200);
  });

  if (isAble(engine, "movesFromOtherProviders")) {
    test("a moved block takes an object over, while the vendor's provider is still installed", async () => {
      const moved = configuration.replaceAll(/(qumulo_role"? ?[".])ops/g, "$1operations");
      const [, block = ""] = await readCode(page, "hcl");
      const workspace = await givenWorkspace(engine, moved + block);
      await makeByVendor(workspace, host);

      const without = await workspace.run("plan", "-no-color");
      await installVendors(workspace, host);
      const plan = await workspace.plan();
      await workspace.apply();
      await writeFile(workspace.place.cliConfigFile, mirrorConfig(getAcceptanceGround().mirror));

      expect(without.exitCode).toBe(1);
      expect(printed(without)).toContain(`${host}/qumulo/qumulo`);
      expect(plan.stdout).toContain("qumulo_role.ops has moved to qumulo_role.operations");
      expect(plan.stdout).toContain("Plan: 0 to add, 0 to change, 0 to destroy.");
      expect((await workspace.plan()).hasChanges).toBe(false);
    });
  }
});

/** Puts an executable where the engine looks for the vendor's provider: of it, the engine asks for no more than schemas. */
async function installVendors({ place }: Workspace, host: string): Promise<void> {
  const { library, mirror } = getAcceptanceGround();
  const overrides = renderOverrideConfig({ sources: [`${host}/qumulo/qumulo`], folder: path.join(library, "dist") });
  const both = mirrorConfig(mirror).replace(
    "provider_installation {\n",
    overrides.replace(/ {2}direct \{\}\n\}\n$/, ""),
  );
  await writeFile(place.cliConfigFile, both);
}
