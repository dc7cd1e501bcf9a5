import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "@jest/globals";
import { getAcceptanceGround } from "../support/acceptance-ground.ts";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const program = `
const { Testing, App, TerraformStack } = require("cdktf");
const { QumuloProvider, Role, ServiceAccount, TokenDelivery } = require("cdktf-qumulo");
const stack = new TerraformStack(new App(), "stack");
new QumuloProvider(stack, "qumulo");
const account = new ServiceAccount(stack, "backup", { name: "svc-backup" });
new Role(stack, "reader", { name: "reader", privileges: ["PRIVILEGE_QUOTA_READ"] }).grantTo(account);
const token = account.issueToken("token");
token.output("bearer_token");
new TokenDelivery(stack, "delivery", { token, credentialsFile: "/etc/backup/qumulo.json" });
const { name } = require("cdktf/package.json");
console.log(JSON.stringify({ name, configuration: JSON.parse(Testing.synth(stack, true)) }));
`;

/** Runs the program in a folder where a package manager has put this library in the place of cdktf. */
async function synthesizeOn(library: "cdktf" | "cdktn"): Promise<{ name: string; configuration: unknown }> {
  const { root, library: packed } = getAcceptanceGround();
  const folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-alias-"));
  folders.push(folder);
  const modules = path.join(folder, "node_modules");
  await mkdir(path.join(modules, "@cdktf"), { recursive: true });
  // What is linked is looked up where it really stands: only the libraries themselves may be.
  await symlink(path.join(root, "node_modules", library), path.join(modules, "cdktf"));
  await symlink(path.join(root, "node_modules/constructs"), path.join(modules, "constructs"));
  const bindings = "@cdktf/provider-null";
  await cp(path.join(root, "node_modules", bindings), path.join(modules, bindings), { recursive: true });
  await cp(packed, path.join(modules, "cdktf-qumulo"), { recursive: true });
  await writeFile(path.join(folder, "main.cjs"), program);
  const { stdout } = await promisify(execFile)(process.execPath, ["main.cjs"], { cwd: folder });
  return JSON.parse(stdout) as { name: string; configuration: unknown };
}

test("the built package synthesizes the same on cdktf and on cdktn in its place", async () => {
  const original = await synthesizeOn("cdktf");
  const alias = await synthesizeOn("cdktn");

  expect([original.name, alias.name]).toEqual(["cdktf", "cdktn"]);
  expect(alias.configuration).toEqual(original.configuration);
  expect(original.configuration).toHaveProperty("resource.null_resource");
});
