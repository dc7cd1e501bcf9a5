import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { findEngine, findNewerTerraform } from "../../src/engine/find.ts";
import {
  countBuilds,
  engineScript,
  givenMachine,
  givenModules,
  goScript,
  type Machine,
} from "../support/processes/fake-programs.ts";

let machine: Machine;

beforeEach(async () => {
  machine = await givenMachine();
});

afterEach(async () => {
  await machine.remove();
});

test("the program that TERRAFORM_BINARY_NAME names comes first", async () => {
  await machine.addProgram("tofu", engineScript("OpenTofu", "1.12.6"));
  const program = await machine.addProgram("my-terraform", engineScript("Terraform", "1.11.4"));

  const engine = await findEngine({ env: { ...machine.env, TERRAFORM_BINARY_NAME: "my-terraform" } });

  expect(engine).toEqual({ name: "terraform", version: "1.11.4", program });
});

test("TERRAFORM_BINARY_NAME may be a path", async () => {
  const program = await machine.addProgram("my-tofu", engineScript("OpenTofu", "1.9.0"));

  const engine = await findEngine({ env: { ...machine.env, TERRAFORM_BINARY_NAME: program } });

  expect(engine.program).toBe(program);
});

test("a TERRAFORM_BINARY_NAME that does not exist is an error even where another engine is", async () => {
  await machine.addProgram("tofu", engineScript("OpenTofu", "1.12.6"));

  const found = findEngine({ env: { ...machine.env, TERRAFORM_BINARY_NAME: "terafrom" } });

  await expect(found).rejects.toMatchObject({ reason: "unusable" });
  await expect(found).rejects.toThrow('TERRAFORM_BINARY_NAME is "terafrom", and there is no such program.');
});

test("an engine that makes a folder in the home folder when it is asked for its version leaves no empty one behind", async () => {
  const settings = path.join(machine.folder, ".terraform.d");
  await machine.addProgram("tofu", `mkdir -p "$HOME/.terraform.d"; ${engineScript("OpenTofu", "1.12.6")}`);

  await findEngine({ env: machine.env });
  const left = await readdir(machine.folder);
  await mkdir(settings);
  await writeFile(path.join(settings, "credentials.tfrc.json"), "{}");
  await findEngine({ env: machine.env });

  expect(left).not.toContain(".terraform.d");
  expect(await readdir(settings)).toEqual(["credentials.tfrc.json"]);
});

test("tofu on the PATH comes before terraform", async () => {
  await machine.addProgram("terraform", engineScript("Terraform", "1.11.4"));
  await machine.addProgram("tofu", engineScript("OpenTofu", "1.10.0"));

  const engine = await findEngine({ env: machine.env });

  expect(engine).toMatchObject({ name: "opentofu", version: "1.10.0" });
});

test.each([
  ["tofu", "OpenTofu", "1.6.0"],
  ["terraform", "Terraform", "1.5.0"],
])("the oldest supported %s is used", async (name, title, version) => {
  await machine.addProgram(name, engineScript(title, version));

  const engine = await findEngine({ env: machine.env });

  expect(engine.version).toBe(version);
});

test.each([
  { name: "tofu", met: { title: "OpenTofu", version: "1.6.0-rc1" }, oldest: "OpenTofu 1.6.0" },
  { name: "terraform", met: { title: "Terraform", version: "1.4.7" }, oldest: "Terraform 1.5.0" },
])("an older $name is passed over and named", async ({ name, met, oldest }) => {
  await machine.addProgram(name, engineScript(met.title, met.version));

  const found = findEngine({ env: machine.env });

  await expect(found).rejects.toMatchObject({ reason: "missing" });
  await expect(found).rejects.toThrow(`is older than ${oldest}, the oldest that works`);
});

test("a tofu that does not run is passed over for a terraform that does", async () => {
  await machine.addProgram("tofu", "echo 'no version is set' >&2; exit 126");
  await machine.addProgram("terraform", engineScript("Terraform", "1.11.4"));

  const engine = await findEngine({ env: machine.env });

  expect(engine.name).toBe("terraform");
});

test("without an engine on the PATH the pinned OpenTofu is built", async () => {
  const log = path.join(machine.folder, "builds.log");
  await machine.addProgram("go", goScript({ log }));

  const engine = await findEngine({ env: machine.env, modulesFolder: await givenModules(machine.folder) });

  expect(engine).toMatchObject({ name: "opentofu", version: "1.12.6" });
  expect(await countBuilds(log)).toBe(1);
});

test("a pinned OpenTofu that was built before is found without its Go module", async () => {
  const log = path.join(machine.folder, "builds.log");
  await machine.addProgram("go", goScript({ log }));
  const built = await findEngine({ env: machine.env, modulesFolder: await givenModules(machine.folder) });

  const engine = await findEngine({ env: machine.env });

  expect(engine).toEqual(built);
});

test("a machine with neither engine nor Go is told how to get an engine", async () => {
  const found = findEngine({ env: machine.env, modulesFolder: await givenModules(machine.folder) });

  await expect(found).rejects.toMatchObject({ reason: "missing" });
  await expect(found).rejects.toThrow(
    /No OpenTofu or Terraform was found[^]*There is no Go on the PATH[^]*Install OpenTofu \(https:/,
  );
});

test("only a newer terraform on the PATH counts as newer", async () => {
  await machine.addProgram("terraform", engineScript("Terraform", "1.11.4"));

  expect((await findNewerTerraform("1.11.3", machine.env))?.version).toBe("1.11.4");
  expect(await findNewerTerraform("1.11.4", machine.env)).toBeUndefined();
});

test("an OpenTofu that calls itself terraform is no newer terraform", async () => {
  await machine.addProgram("terraform", engineScript("OpenTofu", "1.12.6"));

  expect(await findNewerTerraform("1.5.7", machine.env)).toBeUndefined();
});
