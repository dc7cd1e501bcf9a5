import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Location } from "../../../src/audit/index.ts";
import { ConfigurationFolderError, readConfigurationFiles } from "../../../src/audit/locator/configuration-files.ts";
import { locatorOf, relativeTo } from "../../../src/audit/locator/locate.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-locator-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function givenFiles(texts: Readonly<Record<string, string>>): Promise<(address: string) => Location | undefined> {
  for (const [name, text] of Object.entries(texts)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return locatorOf(await readConfigurationFiles({ folder, isAsked: true, env: {} }), folder);
}

test("a resource, a data source and a provider in HCL stand at the first line of their block", async () => {
  const locate = await givenFiles({
    "main.tf": `# resource "qumulo_role" "reader" {
/*
resource "qumulo_role" "reader" {
*/
locals {
  text = <<-EOT
    resource "qumulo_role" "reader" {
  EOT
}
resource "qumulo_role" "reader" {
}
data qumulo_role observers {
}
provider "qumulo" {
  host = "a"
}
provider "qumulo" {
  alias = "second"
}
`,
  });

  expect(locate("qumulo_role.reader")).toEqual({ file: "main.tf", line: 10 });
  expect(locate('qumulo_role.reader["a.b"]')).toEqual({ file: "main.tf", line: 10 });
  expect(locate("data.qumulo_role.observers[0]")).toEqual({ file: "main.tf", line: 12 });
  expect(locate("provider.qumulo")).toEqual({ file: "main.tf", line: 14 });
  expect(locate("provider.qumulo.second")).toEqual({ file: "main.tf", line: 17 });
  expect(locate("qumulo_role.other")).toBeUndefined();
});

test("a resource of CDKTF stands at its line in cdk.tf.json, with the path of its construct", async () => {
  const template = {
    "//": { metadata: { stackName: "stack" } },
    provider: { qumulo: [{}, { alias: "second" }] },
    resource: {
      qumulo_role: {
        reader: { "//": { metadata: { path: "stack/account/reader", uniqueId: "reader" } }, name: "reader" },
        bare: [{ name: "bare" }],
      },
    },
    data: { qumulo_role: { observers: { name: "Observers" } } },
  };

  const locate = await givenFiles({ "cdk.tf.json": JSON.stringify(template, undefined, 2) });

  expect(locate("qumulo_role.reader")).toEqual({
    file: "cdk.tf.json",
    line: 17,
    constructPath: "stack/account/reader",
  });
  expect(locate("qumulo_role.bare")).toEqual({ file: "cdk.tf.json", line: 26 });
  expect(locate("data.qumulo_role.observers")).toEqual({ file: "cdk.tf.json", line: 35 });
  expect(locate("provider.qumulo.second")).toEqual({ file: "cdk.tf.json", line: 10 });
});

test("what is in modules is found where the engine has noted them", async () => {
  const role = 'resource "qumulo_role" "this" {}\n';
  const notes = {
    Modules: [
      { Key: "", Source: "", Dir: "." },
      { Key: "team", Source: "./team", Dir: "team" },
      { Key: "team.account", Source: "./account", Dir: "team/account" },
      { Key: "gone", Source: "./gone", Dir: "gone" },
      { Key: 1 },
    ],
  };

  const locate = await givenFiles({
    "main.tf": "\n",
    "team/main.tofu": `\n${role}`,
    "team/account/main.tf": `\n\n${role}provider "qumulo" {}\n`,
    ".terraform/modules/modules.json": JSON.stringify(notes),
  });

  expect(locate('module.team["a"].qumulo_role.this')).toEqual({ file: "team/main.tofu", line: 2 });
  expect(locate('module.team["a"].module.account[0].qumulo_role.this')?.file).toBe("team/account/main.tf");
  expect(locate("provider.module.team.module.account:qumulo")).toEqual({ file: "team/account/main.tf", line: 4 });
  expect(locate("qumulo_role.this")).toBeUndefined();
  expect(locate("module.gone.qumulo_role.this")).toBeUndefined();
});

test.each(["{", "[]", "null", '{"resource":[1,{"qumulo_role":"x"}],"provider":7}'])(
  "a file of JSON that is not a configuration (%s) gives no places",
  async (text) => {
    const locate = await givenFiles({ "main.tf.json": text, ".terraform/modules/modules.json": text });

    expect(locate("qumulo_role.x")).toBeUndefined();
  },
);

test("a folder without a configuration is refused only where it was asked for", async () => {
  const none = await readConfigurationFiles({ folder, isAsked: false, env: {} });

  expect(none).toEqual([]);
  await expect(readConfigurationFiles({ folder, isAsked: true, env: {} })).rejects.toThrow(
    new ConfigurationFolderError(`${folder} holds no configuration`),
  );
  await expect(readConfigurationFiles({ folder: path.join(folder, "none"), isAsked: true, env: {} })).rejects.toThrow(
    ConfigurationFolderError,
  );
});

test("a file is named relative to the base folder only where it is below that", () => {
  expect(relativeTo("/repository", "/repository/accounts/main.tf")).toBe("accounts/main.tf");
  expect(relativeTo("/repository", "/elsewhere/main.tf")).toBe("/elsewhere/main.tf");
});
