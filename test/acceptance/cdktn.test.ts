import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "@jest/globals";
import { getAcceptanceGround } from "../support/engines/acceptance-ground.ts";
import { withoutBackend } from "../support/pages/given-example.ts";
import { givenWorkspace, onEveryEngineAttached } from "../support/engines/given-workspace.ts";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** @param entry - what the program imports the constructs from @param library - and what its own classes */
const program = (entry: string, library: string) => `
const { Testing, App, TerraformStack } = require("${library}");
const { bindings, QumuloProvider, Role, ServiceAccount, TokenDelivery } = require("${entry}");
const stack = new TerraformStack(new App(), "stack");
new QumuloProvider(stack, "qumulo");
const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });
new Role(stack, "reader", { name: "reader", privileges: ["PRIVILEGE_QUOTA_READ"] }).grantTo(account);
const token = account.issueToken("token");
const { keeper, ...delivery } = JSON.parse(process.argv[2] ?? "{}");
for (const node of token.node.findAll()) {
  if (keeper !== undefined && node instanceof bindings.accessToken.AccessToken) node.rotateWhenChanged = { keeper };
}
token.output("bearer_token");
const way = delivery.command === undefined ? { credentialsFile: "/etc/backup/qumulo.json" } : {};
new TokenDelivery(stack, "delivery", { token, ...way, ...delivery });
const { name } = require("${library}/package.json");
console.log(JSON.stringify({ name, configuration: JSON.parse(Testing.synth(stack, true)) }));
`;

/** What a synthesis made, and with which library. */
interface Synthesized {
  readonly name: string;
  readonly configuration: { readonly resource: Readonly<Record<string, unknown>> };
}

/** A folder with packages, as a package manager makes it. */
async function givenPackages(links: Readonly<Record<string, string>>): Promise<string> {
  const { root, library: packed } = getAcceptanceGround();
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-alias-"));
  folders.push(folder);
  const modules = path.join(folder, "node_modules");
  await mkdir(path.join(modules, "@cdktf"), { recursive: true });
  // What is linked is looked up where it really stands: only the libraries themselves may be.
  for (const [name, library] of Object.entries({ ...links, constructs: "constructs" })) {
    await symlink(path.join(root, "node_modules", library), path.join(modules, name));
  }
  await cp(packed, path.join(modules, "cdktf-qumulo"), { recursive: true });
  return folder;
}

async function run(folder: string, asked: Readonly<Record<string, unknown>> = {}): Promise<Synthesized> {
  const args = ["main.cjs", JSON.stringify(asked)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
  return JSON.parse(stdout) as Synthesized;
}

/** Runs the program in a folder where a package manager has put this library in the place of cdktf. */
async function synthesizeOn(library: "cdktf" | "cdktn"): Promise<Synthesized> {
  const folder = await givenPackages({ cdktf: library });
  const bindings = "node_modules/@cdktf/provider-null";
  await cp(path.join(getAcceptanceGround().root, bindings), path.join(folder, bindings), { recursive: true });
  await writeFile(path.join(folder, "main.cjs"), program("cdktf-qumulo", "cdktf"));
  return run(folder);
}

/** A folder for programs on CDK Terrain under its own name, without cdktf and without the bindings of the provider null. */
async function givenTerrain(): Promise<string> {
  const folder = await givenPackages({ cdktn: "cdktn" });
  await writeFile(path.join(folder, "main.cjs"), program("cdktf-qumulo/cdktn", "cdktn"));
  return folder;
}

test("the built package synthesizes the same on cdktf and on cdktn in its place", async () => {
  const original = await synthesizeOn("cdktf");
  const alias = await synthesizeOn("cdktn");

  expect([original.name, alias.name]).toEqual(["cdktf", "cdktn"]);
  expect(alias.configuration).toEqual(original.configuration);
  expect(original.configuration).toHaveProperty("resource.null_resource");
});

test("the built package synthesizes the same on cdktn under its own name, with a delivery that needs no provider", async () => {
  const original = await synthesizeOn("cdktf");
  const terrain = await run(await givenTerrain());

  const { null_resource: delivery, ...resources } = original.configuration.resource;
  const { terraform_data: ownDelivery, ...ownResources } = terrain.configuration.resource;
  expect(terrain.name).toBe("cdktn");
  expect(ownResources).toEqual(resources);
  expect(JSON.stringify(ownDelivery)).toBe(JSON.stringify(delivery).replace('"triggers"', '"triggers_replace"'));
  expect(JSON.stringify(terrain.configuration)).not.toContain("null_resource");
});

onEveryEngineAttached((engine) => {
  test("a delivery of the engine's own delivers each new bearer token once, and keeps none", async () => {
    const folder = await givenTerrain();
    const workspace = await givenWorkspace(engine, "");
    await rm(path.join(workspace.folder, "main.tf"));
    const target = path.join(workspace.folder, "delivered");
    const command = `printenv QUMULO_BEARER_TOKEN >> ${target}`;
    const commandLine = [process.execPath, path.join(getAcceptanceGround().library, "dist/cdktf-qumulo.js")];
    const deploy = async (keeper: string) => {
      const { configuration } = await run(folder, { keeper, command, program: commandLine });
      await writeFile(path.join(workspace.folder, "cdk.tf.json"), withoutBackend(JSON.stringify(configuration)));
      return workspace.run("apply", "-no-color", "-auto-approve");
    };

    const created = await deploy("one");
    const settled = await workspace.plan();
    const rotated = await deploy("two");
    const after = await workspace.plan();

    const delivered = (await readFile(target, "utf8")).trim().split("\n");
    expect([created.exitCode, rotated.exitCode]).toEqual([0, 0]);
    expect([settled.hasChanges, after.hasChanges]).toEqual([false, false]);
    expect(new Set(delivered).size).toBe(2);
    expect(delivered).toHaveLength(2);
    for (const bearerToken of delivered) {
      expect((await workspace.cluster.bearing(bearerToken).get("/v1/session/who-am-i")).status).toBe(200);
    }
    const { resources } = JSON.parse(await workspace.stateText()) as {
      readonly resources: readonly { readonly type: string }[];
    };
    const kept = JSON.stringify(resources.filter(({ type }) => type === "terraform_data"));
    expect(kept).toContain("terraform_data");
    expect(kept).not.toContain("access-v1:");
  });
});
