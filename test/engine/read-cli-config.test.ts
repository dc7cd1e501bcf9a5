import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { impliedMirrors, readCliConfig } from "../../src/engine/cli-configuration/read-cli-config.ts";
import { givenMachine, type Machine } from "../support/processes/fake-programs.ts";

let machine: Machine;

beforeEach(async () => {
  machine = await givenMachine();
});

afterEach(async () => {
  await machine.remove();
});

async function write(name: string, text = 'plugin_cache_dir = "/cache"\n'): Promise<string> {
  const file = path.join(machine.folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

async function filesOf(engine: "opentofu" | "terraform", env: Record<string, string> = {}): Promise<readonly string[]> {
  const { files } = await readCliConfig(engine, { ...machine.env, ...env });
  return files.map(({ file }) => file);
}

test("OpenTofu reads its own file, and Terraform's where it has none; Terraform reads its own alone", async () => {
  const terraformrc = await write(".terraformrc");
  const before = [await filesOf("opentofu"), await filesOf("terraform")];
  const tofurc = await write(".tofurc");

  const after = [await filesOf("opentofu"), await filesOf("terraform")];

  expect(before).toEqual([[terraformrc], [terraformrc]]);
  expect(after).toEqual([[tofurc], [terraformrc]]);
});

test("OpenTofu reads from XDG_CONFIG_HOME where the home folder has none", async () => {
  const file = await write("xdg/opentofu/tofurc");
  const env = { XDG_CONFIG_HOME: path.join(machine.folder, "xdg") };

  expect([await filesOf("opentofu", env), await filesOf("terraform", env)]).toEqual([[file], []]);
});

test("files of the settings folder count as well", async () => {
  const file = await write(".terraform.d/mirror.tfrc", "provider_installation {\n  direct {}\n}\n");
  await write(".terraform.d/notes.txt");

  const { files } = await readCliConfig("terraform", machine.env);

  expect(files).toMatchObject([{ file, methods: [{ kind: "direct" }] }]);
});

test.each(["TF_CLI_CONFIG_FILE", "TERRAFORM_CONFIG"])("the file that %s names is the only one", async (variable) => {
  await write(".tofurc");
  const file = await write("own.rc");

  const found = await readCliConfig("opentofu", { ...machine.env, [variable]: file });
  const missing = await readCliConfig("opentofu", { ...machine.env, [variable]: `${file}.none` });

  expect(found.files.map((one) => one.file)).toEqual([file]);
  expect(missing).toEqual({ files: [], missing: { variable, file: `${file}.none` } });
});

test("where providers are looked for follows HOME and the data folders", () => {
  const env = { HOME: "/home/me", XDG_DATA_HOME: "/data", XDG_DATA_DIRS: "/one:relative:/two" };

  const mirrors = impliedMirrors("opentofu", env);

  expect(mirrors).toContain("/home/me/.terraform.d/plugins");
  expect(mirrors).toContain("/data/opentofu/plugins");
  expect(impliedMirrors("terraform", env)).not.toContain("/data/opentofu/plugins");
  if (process.platform === "linux") {
    expect(mirrors.slice(-3)).toEqual(["/data/terraform/plugins", "/one/terraform/plugins", "/two/terraform/plugins"]);
  }
});
