import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { privilegeNames } from "../../src/vocabulary/privileges.ts";
import { givenSimulator } from "../cli/given-simulator.ts";
import { runCommand } from "../cli/run-command.ts";
import { fc } from "../support/search.ts";
import { hostileText, hostileValue, unseenIn } from "./hostile-values.ts";

/** More of them search longer. */
const runs = Number(process.env["HOSTILE_RUNS"] ?? 40);
/** A secret in every seed: nothing that is printed may hold it. */
const secret = "Canary-Pass-Word-1";
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-seeds-"));
});

afterEach(async () => rm(folder, { recursive: true }));

/** Seeds whose names are hostile, and whose other fields are so now and then. */
function hostileSeed(percent: number): fc.Arbitrary<unknown> {
  const mostly = (usual: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 100 - percent, arbitrary: usual }, { weight: percent, arbitrary: hostileValue });
  const name = fc.oneof(hostileText, fc.constantFrom("svc-a", "svc-b"));
  const user = fc.record(
    {
      name: mostly(name),
      uid: mostly(fc.nat().map(String)),
      home_directory: mostly(hostileText.map((text) => `/${text}`)),
      password: mostly(fc.constant(secret)),
    },
    { requiredKeys: ["name", "password"] },
  );
  const role = fc.record({
    name: mostly(hostileText),
    description: mostly(hostileText),
    privileges: mostly(fc.array(fc.constantFrom(...privilegeNames), { maxLength: 3 })),
    members: mostly(
      fc.array(
        name.map((text) => `local:${text}`),
        { maxLength: 2 },
      ),
    ),
  });
  const seed = {
    version: mostly(fc.constant(1)),
    cluster: mostly(fc.record({ name: mostly(fc.oneof(hostileText, fc.constant("lab"))) })),
    users: mostly(fc.uniqueArray(user, { maxLength: 3, selector: (one) => JSON.stringify(one.name) })),
    roles: mostly(fc.array(role, { maxLength: 2 })),
  };
  return fc.oneof(
    { weight: 9, arbitrary: fc.record(seed, { requiredKeys: ["version", "users"] }) },
    { weight: 1, arbitrary: fc.tuple(fc.record(seed), hostileText).map(([one, key]) => ({ ...one, [key]: {} })) },
  );
}

function expectHarmless(text: string): void {
  expect(unseenIn(text)).toEqual([]);
  expect(text).not.toMatch(/^(?:::|##\[)|##[\w.-]*\[/m);
  expect(text).not.toMatch(/^\s+at .*:\d+:\d+\)?$|met an unexpected error/m);
  expect(text).not.toContain(secret);
  expect(text.length).toBeLessThan(100_000);
}

/** Starts a cluster of a seed. @returns whether it was taken */
async function plant(text: string, data: string): Promise<boolean> {
  const file = path.join(folder, "seed.json");
  await writeFile(file, text);
  const started = await givenSimulator(["--seed", file, "--data", data, "--json"]).catch((error: unknown) =>
    String(error),
  );
  if (typeof started === "string") {
    expectHarmless(started.replace(/^Error: /, ""));
    return false;
  }
  const { printed } = started;
  const { error } = await started.stop();
  expectHarmless(error);
  expect(printed.trimEnd()).not.toContain("\n");
  expect(JSON.parse(printed)).toMatchObject({ username: "admin" });
  return true;
}

test("a hostile seed is taken whole, or refused in words that harm nothing; what is exported of it makes the same cluster", async () => {
  let taken = 0;

  await fc.assert(
    fc.asyncProperty(fc.oneof(hostileSeed(0), hostileSeed(5), hostileSeed(40)), async (seed) => {
      const exported = path.join(folder, "exported.json");
      const again = path.join(folder, "again.json");
      const [first, second] = await Promise.all([mkdtemp(path.join(folder, "a-")), mkdtemp(path.join(folder, "b-"))]);
      if (!(await plant(JSON.stringify(seed), first))) return;
      taken += 1;

      const { exitCode, out, error } = await runCommand(["simulate", "--data", first, "--export", exported]);
      expectHarmless(out + error);
      expect(exitCode).toBe(0);
      const text = await readFile(exported, "utf8");
      expect(text).not.toContain(secret);
      expect(await plant(text, second)).toBe(true);
      await runCommand(["simulate", "--data", second, "--export", again]);

      expect(JSON.parse(await readFile(again, "utf8"))).toEqual(JSON.parse(text));
    }),
    { numRuns: runs, endOnFailure: process.env["HOSTILE_RUNS"] === undefined },
  );

  expect(taken).toBeGreaterThan(0);
}, 120_000);

test("what is not JSON is refused in words that harm nothing, and shows nothing of what stands there", async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, hostileText, async (before, after) => {
      const file = path.join(folder, "seed.json");
      await writeFile(file, `${before}${secret}${after}`);

      const { exitCode, error } = await runCommand(["simulate", "--port", "0", "--seed", file]);

      expect(exitCode).toBeGreaterThan(0);
      expectHarmless(error);
    }),
    { numRuns: runs },
  );
});

/** Names of files that run something if a shell takes them for code. */
const fileNames = [
  "plan$(touch canary)",
  "plan`touch canary`",
  "plan;touch canary",
  "plan'\"touch canary",
  "plan\ntouch canary",
  "plan*",
  "plan\u001b]0;x\u0007",
  "-plan",
];

/** What zsh offers, once the tab key is pressed in a terminal of its own. */
function zshProgram(script: string): string {
  return `
zmodload zsh/zpty || exit 3
zpty inner zsh --no-rcs --interactive
zpty -w inner "autoload -Uz compinit && compinit -D -u; source ${script}; LISTMAX=1000; setopt auto_list; print rea''dy"
zpty -r inner text '*ready*'
zpty -w -n inner $'cdktf-qumulo audit plan\t\t'
zpty -r inner text '*[$]?[(]touch*canary*[)]*'
print -r -- $text
zpty -d inner`;
}

const shells: readonly (readonly [string, (script: string) => string])[] = [
  [
    "bash",
    (script) =>
      `source ${script}; for word in plan '' 'plan$' './plan'; do COMP_WORDS=(cdktf-qumulo audit "$word"); COMP_CWORD=2; _cdktf_qumulo; printf '%s\\n' "\${COMPREPLY[@]}"; done`,
  ],
  // Its completion needs a terminal: a second zsh has one, in which the tab key is pressed.
  ["zsh", zshProgram],
  ["fish", (script) => `source ${script}; complete --do-complete "cdktf-qumulo audit plan"`],
];

test.each(shells)("completing the names of hostile files in %s runs nothing", async (shell, programOf) => {
  const { out } = await runCommand(["completion", shell]);
  const script = path.join(folder, "completion");
  const place = await mkdtemp(path.join(folder, "files-"));
  await writeFile(script, out);
  for (const name of fileNames) await writeFile(path.join(place, name), "");
  const flags = { bash: "--norc", zsh: "--no-rcs", fish: "--no-config" }[shell] ?? "";

  // A shell that is not there has nothing to complete: `.ci/run` installs all.
  const ran = await promisify(execFile)(shell, [flags, "-c", programOf(script)], {
    cwd: place,
    // Fish would make folders in the home folder.
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: undefined, XDG_DATA_HOME: undefined },
    timeout: 20_000,
  }).catch(async (error: unknown) => (isMissing(error) ? undefined : Promise.reject(error as Error)));

  if (ran !== undefined) expect(ran.stdout.replaceAll("\\", "")).toContain("plan$(touch canary)");
  expect([...(await readdir(place))].toSorted()).toEqual([...fileNames].toSorted());
});

function isMissing(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT";
}
