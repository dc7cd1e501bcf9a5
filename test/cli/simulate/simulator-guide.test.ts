import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { variationNames } from "../../../src/cli/simulate/variations.ts";
import { readCode, readPage } from "../../support/pages/pages.ts";
import { givenCluster } from "../given-simulator.ts";
import { runCommand } from "../run-command.ts";

let folder: string;
let guide: string;
let scripts: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "simulator-guide-"));
  guide = await readPage("docs/simulator.md");
  scripts = await readCode("docs/simulator.md", "sh");
  const [seed = ""] = await readCode("docs/simulator.md", "json");
  await writeFile(path.join(folder, "seed.json"), seed);
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** The arguments of each command in the guide, with its files in a folder of the test. */
function commands(): readonly (readonly string[])[] {
  const lines = scripts.flatMap((code) => code.trim().split("\n"));
  return lines.map((line) => {
    const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
    return words.slice(2).map((word) => (/^\.\/|\.jsonl?$/.test(word) ? path.join(folder, word) : word));
  });
}

test("every command of the guide that runs a cluster runs one", async () => {
  const running = commands().filter((args) => !args.includes("--export"));

  expect(running.length).toBeGreaterThan(6);
  for (const args of running) {
    const { stop } = await givenCluster(args);
    expect({ args, ...(await stop()) }).toMatchObject({ args, exitCode: 0 });
  }
});

test("the guide's exports write seeds that fill a cluster", async () => {
  const data = path.join(folder, "exported");
  const running = await givenCluster(["--data", data, "--seed", path.join(folder, "seed.json")]);
  const here = new Map([
    [path.join(folder, "cluster"), data],
    ["8000", String(running.port)],
  ]);
  const exports = commands().filter((args) => args.includes("--export"));
  for (const args of exports) {
    const result = await runCommand(["simulate", ...args.map((word) => here.get(word) ?? word)]);
    expect({ args, ...result }).toMatchObject({ args, exitCode: 0, error: "" });
  }
  await running.stop();

  const copy = await givenCluster(["--seed", path.join(folder, "copy.json")]);
  const user = (await copy.send("GET", "/v1/users/1004")).body;
  await copy.stop();

  expect(exports).toHaveLength(2);
  expect(user).toMatchObject({ name: "svc-backup", uid: "5001", home_directory: "/home/svc" });
});

test("the guide names every flag, and every flag that it names is there", async () => {
  const { out: help } = await runCommand(["simulate", "--help"]);
  const flags = (text: string): Set<string> => new Set(text.match(/--[a-z][a-z-]*(?![A-Za-z-])/g));

  const [offered, named] = [flags(help), flags(guide)];
  offered.delete("--help");

  expect([...offered].filter((flag) => !named.has(flag))).toEqual([]);
  expect([...named].filter((flag) => !flags(help).has(flag))).toEqual([]);
});

test("the guide names every variation", () => {
  for (const name of variationNames) expect(guide).toContain(name);
});
