import { execFile, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { runCommand } from "./run-command.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "completion-"));
  await writeFile(path.join(folder, "plan one.json"), "");
  await mkdir(path.join(folder, "plans"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function scriptFor(shell: string): Promise<string> {
  const { exitCode, out, error } = await runCommand(["completion", shell]);
  expect([exitCode, error]).toEqual([0, ""]);
  return out;
}

/** What bash offers after these words; the last one is being written. */
async function offeredByBash(...words: readonly string[]): Promise<readonly string[]> {
  const given = words.map((word) => `'${word}'`).join(" ");
  const program = `${await scriptFor("bash")}
COMP_WORDS=(cdktf-qumulo ${given}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_cdktf_qumulo
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await promisify(execFile)("bash", ["--norc", "-c", program], { cwd: folder });
  return stdout.split("\n").filter((line) => line !== "");
}

test("bash offers the commands, and the flags of the program", async () => {
  const offered = await offeredByBash("");

  expect(offered).toEqual(expect.arrayContaining(["install", "audit", "doctor", "completion", "--version", "--help"]));
});

test.each([
  { words: ["do"], offered: ["doctor"] },
  { words: ["audit", "--form"], offered: ["--format"] },
  { words: ["audit", "--format", "j"], offered: ["json", "junit"] },
  { words: ["audit", "--format", "=", "ma"], offered: ["markdown"] },
  { words: ["audit", "--format", "="], offered: ["text", "json", "markdown", "sarif", "junit", "github", "html"] },
  { words: ["audit", "pl"], offered: ["plans", "plan one.json"] },
  { words: ["audit", "east", "=", "pl"], offered: ["plans", "plan one.json"] },
  { words: ["audit", "a.json", "pl"], offered: ["plans", "plan one.json"] },
  { words: ["who-can", "PRIVILEGE_ROLE_W"], offered: ["PRIVILEGE_ROLE_WRITE"] },
  { words: ["who-can", "--format", "json", "PRIVILEGE_ROLE_W"], offered: ["PRIVILEGE_ROLE_WRITE"] },
  { words: ["who-can", "--format", "=", "json", "--cluster", "PRIVILEGE_ROLE_W"], offered: ["PRIVILEGE_ROLE_WRITE"] },
  { words: ["who-can", "ROLE_WRITE", "pl"], offered: ["plans", "plan one.json"] },
  { words: ["access", "svc", "pl"], offered: ["plans", "plan one.json"] },
  { words: ["audit", "plan.json", "--output", "pl"], offered: ["plans", "plan one.json"] },
  { words: ["install", "--mirror", "pl"], offered: ["plans"] },
  { words: ["simulate", "--vary", "e"], offered: ["empty-unauthorized"] },
  { words: ["completion", ""], offered: ["bash", "zsh", "fish"] },
  { words: ["verify", "--host", ""], offered: [] },
  { words: ["unknown", "--"], offered: [] },
])("bash offers $offered after $words", async ({ words, offered }) => {
  const found = await offeredByBash(...words);

  expect([...found].toSorted()).toEqual([...offered].toSorted());
});

test("bash offers every flag of every command", async () => {
  const { out } = await runCommand(["simulate", "--help"]);
  const flags = [...out.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag);

  expect(await offeredByBash("simulate", "--")).toEqual(flags);
});

test.each(["zsh", "fish"])("the script for %s is complete", async (shell) => {
  const script = await scriptFor(shell);

  expect(script).toContain("qumulo_access_token");
  expect(script).not.toMatch(/undefined|\[object/);
});

/** Skipped, for everybody to see, where there is no such shell. */
const where = (shell: string): typeof test.skip =>
  spawnSync(shell, ["--version"]).error === undefined ? test : test.skip;

where("zsh")("zsh reads its script", async () => {
  await promisify(execFile)("zsh", ["-n", "-c", await scriptFor("zsh")]);
});

/** What fish offers after this text. */
async function offeredByFish(text: string): Promise<readonly string[]> {
  const script = path.join(folder, "completion.fish");
  await writeFile(script, await scriptFor("fish"));
  const program = `source ${script}; complete -C '${text}'`;
  const { stdout } = await promisify(execFile)("fish", ["--no-config", "-c", program], {
    cwd: folder,
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: undefined, XDG_DATA_HOME: undefined },
  });
  return stdout.split("\n").flatMap((line) => (line === "" ? [] : [line.split("\t")[0] ?? ""]));
}

where("fish").each([
  { text: "do", offered: ["doctor"] },
  { text: "audit --format j", offered: ["json", "junit"] },
  { text: "audit --format=ma", offered: ["--format=markdown"] },
  { text: "audit pl", offered: ["plan one.json", "plans/"] },
  { text: "audit a.json east=pl", offered: ["east=plan one.json", "east=plans/"] },
  { text: "who-can PRIVILEGE_ROLE_W", offered: ["PRIVILEGE_ROLE_WRITE"] },
  { text: "who-can ROLE_WRITE pl", offered: ["plan one.json", "plans/"] },
  { text: "install --mirror pl", offered: ["plans/"] },
  { text: "verify --host ", offered: [] },
  { text: "verify --host install --mi", offered: [] },
])("fish offers $offered after $text", async ({ text, offered }) => {
  expect(await offeredByFish(`cdktf-qumulo ${text}`)).toEqual(offered);
});

test("fish is told where files and folders are wanted", async () => {
  const lines = (await scriptFor("fish")).split("\n");

  expect(lines).toContainEqual(expect.stringMatching(/runs audit' -l output -r -F -d /));
  expect(lines).toContainEqual(
    expect.stringMatching(/runs install' -l mirror -x -a '\(__fish_complete_directories\)' -d /),
  );
  expect(lines).toContainEqual(expect.stringMatching(/runs audit' -l fail-on -x -a 'low medium high critical' -d /));
});

test("an unknown shell is refused with those that are known", async () => {
  const { exitCode, error } = await runCommand(["completion", "tcsh"]);

  expect(exitCode).toBe(2);
  expect(error).toContain("Allowed choices are bash, zsh, fish");
});
