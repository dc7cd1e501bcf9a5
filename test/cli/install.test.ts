import { execFile } from "node:child_process";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { lateFiles } from "../../src/vocabulary/provider-files.ts";
import { givenMachine, type Machine, writeLateFiles } from "../support/processes/fake-programs.ts";
import { type CommandRun, runCommand } from "./run-command.ts";

const architecture = process.arch === "x64" ? "amd64" : process.arch;

let machine: Machine;
let providerFile: string;

beforeEach(async () => {
  machine = await givenMachine();
  providerFile = path.join(machine.folder, "provider");
  await writeFile(providerFile, '#!/usr/bin/env node\nconsole.log(require("./provider.js"));\n', { mode: 0o644 });
  await writeLateFiles(machine.folder, "module.exports = typeof require;\n");
});

afterEach(async () => {
  await machine.remove();
});

async function install(args: readonly string[] = [], env: Record<string, string> = {}): Promise<CommandRun> {
  return runCommand(["install", ...args], { env: { ...machine.env, ...env }, providerFile, version: "1.2.3" });
}

function installedIn(mirror: string, host: string): string {
  return path.join(
    mirror,
    host,
    `cdktf-qumulo/qumulo/1.2.3/${process.platform}_${architecture}/terraform-provider-qumulo_v1.2.3`,
  );
}

test.each(["registry.opentofu.org", "registry.terraform.io"])(
  "the provider is put where both engines look, under %s",
  async (host) => {
    const { exitCode, out } = await install();

    const file = installedIn(path.join(machine.folder, ".terraform.d/plugins"), host);
    expect(exitCode).toBe(0);
    expect(out).toContain(file);
    expect((await stat(file)).mode & 0o777).toBe(0o755);
    expect(await readFile(file, "utf8")).toBe(await readFile(providerFile, "utf8"));
    for (const late of lateFiles) {
      expect(await readFile(path.join(path.dirname(file), late), "utf8")).toContain("typeof require");
    }
  },
);

test("what it prints is a configuration that asks for this version", async () => {
  const { out } = await install();

  expect(out).toContain('source  = "cdktf-qumulo/qumulo"\n        version = "1.2.3"');
});

test("an installed provider replaces the one before", async () => {
  await install();
  await writeFile(providerFile, "#!/usr/bin/env node\n// newer\n");

  await install();

  const file = installedIn(path.join(machine.folder, ".terraform.d/plugins"), "registry.opentofu.org");
  expect(await readFile(file, "utf8")).toContain("newer");
});

test("a mirror gets the provider, and its configuration is printed", async () => {
  const mirror = path.join(machine.folder, "my mirror");

  const { out } = await install(["--mirror", mirror]);

  expect((await stat(installedIn(mirror, "registry.terraform.io"))).isFile()).toBe(true);
  expect(out).toContain(`provider_installation {
  filesystem_mirror {
    path    = "${mirror}"
    include = ["registry.opentofu.org/cdktf-qumulo/qumulo", "registry.terraform.io/cdktf-qumulo/qumulo"]`);
});

test("an empty path, as an unset variable gives it, is refused and not taken for the folder that one is in", async () => {
  const { exitCode, error } = await runCommand(["install", "--mirror", ""]);

  expect(exitCode).toBe(2);
  expect(error).toContain("option '--mirror <dir>' argument '' is invalid. It is empty: give a path");
});

test("a ~ that no shell has replaced stands for the home folder", async () => {
  const { exitCode, error } = await install(["--mirror=~/no\0where"]);

  expect(exitCode).toBe(1);
  expect(error).toContain(`error: ${path.join(homedir(), "no")}`);
});

test("the provider runs from a mirror inside a project of ES modules", async () => {
  await writeFile(path.join(machine.folder, "package.json"), '{ "type": "module" }');

  await install(["--mirror", path.join(machine.folder, "mirror")]);

  const file = installedIn(path.join(machine.folder, "mirror"), "registry.opentofu.org");
  const { stdout } = await promisify(execFile)(process.execPath, [file]);
  expect(stdout).toBe("function\n");
});

test("~/.terraform.d is not made where that would move OpenTofu's settings", async () => {
  await install([], { XDG_CONFIG_HOME: "/xdg", XDG_DATA_HOME: path.join(machine.folder, "data") });

  await expect(stat(path.join(machine.folder, ".terraform.d"))).rejects.toMatchObject({ code: "ENOENT" });
});

test("~/.terraform.d is used where it is, whatever XDG_CONFIG_HOME says", async () => {
  await mkdir(path.join(machine.folder, ".terraform.d"));

  const { out } = await install([], { XDG_CONFIG_HOME: "/xdg" });

  expect(out).toContain(path.join(machine.folder, ".terraform.d/plugins/registry.opentofu.org"));
});

test.each([".tofurc", ".terraformrc"])("a %s that says where providers come from is warned about", async (name) => {
  await writeFile(path.join(machine.folder, name), "provider_installation {\n  direct {}\n}\n");

  const { exitCode, error } = await install();

  expect(exitCode).toBe(0);
  expect(error).toContain(`warning: ${path.join(machine.folder, name)} has a provider_installation block`);
});

test("a CLI configuration without such a block is no reason to warn", async () => {
  await writeFile(path.join(machine.folder, ".tofurc"), 'plugin_cache_dir = "/cache"\n');

  const { error } = await install();

  expect(error).toBe("");
});

test("a provider that is not built is said to be missing", async () => {
  const { exitCode, error } = await runCommand(["install"], { env: machine.env, providerFile: "/not/there" });

  expect(exitCode).toBe(1);
  expect(error).toBe('error: There is no provider at /not/there. In a clone, run "npm run build" first.\n');
});

test("a mirror that cannot be written is named", async () => {
  const mirror = path.join(machine.folder, "file");
  await writeFile(mirror, "");

  const { exitCode, error } = await install(["--mirror", mirror]);

  expect(exitCode).toBe(1);
  expect(error).toContain(`error: ${mirror} cannot be written: `);
});

test.each(lateFiles)("a provider without %s, which it loads late, is not installed", async (late) => {
  await rm(path.join(machine.folder, late));

  const { exitCode, error } = await install();

  expect(exitCode).toBe(1);
  expect(error).toContain(`There is no provider at ${providerFile}`);
});
