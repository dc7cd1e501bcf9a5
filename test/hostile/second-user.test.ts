import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { renderOverrideConfig, writeCliConfig } from "../../src/engine/cli-configuration/cli-config.ts";
import { givenBearer } from "../cli/given-bearer.ts";
import { givenCluster } from "../cli/given-simulator.ts";
import { runCommand } from "../cli/run-command.ts";

/** Somebody else on the same machine. */
const neighbor = 65_534;
let folder = "";
let umask = 0;

/** The folder is open to all, as the one of temporary files is, and the user's own mask takes nothing away. */
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-neighbor-"));
  await chmod(folder, 0o777);
  umask = process.umask(0);
});

afterEach(async () => {
  process.umask(umask);
  await rm(folder, { recursive: true });
});

/** All below a place, and the place itself, with what others than its owner may do. */
function openIn(place: string): readonly string[] {
  const status = lstatSync(place);
  const name = path.relative(folder, place);
  const isOpen = (status.mode & 0o077) !== 0;
  const inside = status.isDirectory() ? readdirSync(place).flatMap((one) => openIn(path.join(place, one))) : [];
  return [...(isOpen ? [`${name} ${(status.mode & 0o777).toString(8)}`] : []), ...inside];
}

/** The files below a place. */
function filesIn(place: string): readonly string[] {
  const status = lstatSync(place);
  return status.isDirectory() ? readdirSync(place).flatMap((one) => filesIn(path.join(place, one))) : [place];
}

/** Which of these files another user can read. Only root can become another user: elsewhere the modes have to do. */
function readableForNeighbor(files: readonly string[]): readonly string[] {
  const { geteuid, getgroups, setgroups, setegid, seteuid } = process;
  if (geteuid?.() !== 0 || !getgroups || !setgroups || !setegid || !seteuid) return [];
  const groups = getgroups();
  setgroups([]);
  setegid(neighbor);
  seteuid(neighbor);
  try {
    return files.filter((file) => canRead(file));
  } finally {
    seteuid(0);
    setegid(0);
    setgroups(groups);
  }
}

function canRead(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}

function expectClosed(place: string): void {
  expect(openIn(place)).toEqual([]);
  const files = filesIn(place);
  expect(files.length).toBeGreaterThan(0);
  expect(readableForNeighbor(files)).toEqual([]);
}

test("the neighbor of these tests reads what is open to all", async () => {
  const open = path.join(folder, "open");
  await writeCliConfig(open, "");
  await chmod(open, 0o644);

  expect(openIn(open)).toEqual(["open 644"]);
  expect(readableForNeighbor([open])).toEqual(process.geteuid?.() === 0 ? [open] : []);
});

test("a simulator keeps its cluster, its log and its certificate's folder for its own user", async () => {
  const [data, log] = [path.join(folder, "data"), path.join(folder, "requests.jsonl")];

  const { send, stop, ca_file: caFile } = await givenCluster(["--data", data, "--request-log", log]);
  await send("POST", "/v1/users/", { name: "svc", password: "S3cret-pass-word" });

  try {
    expectClosed(data);
    expectClosed(log);
    expectClosed(path.dirname(caFile));
  } finally {
    await stop();
  }
  expectClosed(data);
});

test("in a folder that is open to all, the files of a simulator are not", async () => {
  const data = path.join(folder, "data");
  await mkdir(data, 0o777);

  const { send, stop } = await givenCluster(["--data", data]);
  await send("POST", "/v1/users/", { name: "svc", password: "S3cret-pass-word" });

  try {
    const files = filesIn(data);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expectClosed(file);
  } finally {
    await stop();
  }
});

test("an export of a simulator, with the hashes of passwords, is for its own user", async () => {
  const [data, file] = [path.join(folder, "data"), path.join(folder, "export.json")];
  const { stop } = await givenCluster(["--data", data]);
  await stop();

  const { exitCode } = await runCommand(["simulate", "--data", data, "--export", file]);

  expect(exitCode).toBe(0);
  expectClosed(file);
});

test("a delivered credentials file and the folders made for it are for their own user", async () => {
  const { env } = await givenBearer();
  const place = path.join(folder, "new");

  const { exitCode } = await runCommand(["deliver", "--credentials-file", path.join(place, "a/qumulo.json")], { env });

  expect(exitCode).toBe(0);
  expectClosed(place);
});

test("a redacted copy of a plan is for its own user, and nothing is left beside it", async () => {
  const plan = path.resolve(__dirname, "../audit/plans/opentofu-changes.json");
  const copy = path.join(folder, "copy.json");

  await runCommand(["audit", plan, "--redact", copy]);

  expectClosed(copy);
  expect(await readdir(folder)).toEqual(["copy.json"]);
});

test("a CLI configuration for an engine is for its own user", async () => {
  const file = path.join(folder, "engine.tfrc");

  await writeCliConfig(file, renderOverrideConfig({ sources: ["cdktf-qumulo/qumulo"], folder }));

  expectClosed(file);
});

test.each([
  ["audit", ["--format", "json"]],
  ["discover", ["--format", "hcl"]],
])("what %s writes with --output can be changed by nobody else", async (command, args) => {
  process.umask(0o022);
  const { env } = await givenBearer({ privileges: ["PRIVILEGE_LOCAL_USER_READ", "PRIVILEGE_ROLE_READ"] });
  const plan = path.resolve(__dirname, "../audit/plans/opentofu-changes.json");
  const output = path.join(folder, "output");

  await runCommand([command, ...(command === "audit" ? [plan] : []), ...args, "--output", output], { env });

  const files = filesIn(output);
  expect(files.length).toBeGreaterThan(0);
  for (const file of [output, ...files]) expect(lstatSync(file).mode & 0o022).toBe(0);
});
