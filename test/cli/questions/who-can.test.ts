import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { givenBearer } from "../given-bearer.ts";
import { givenCluster } from "../../support/simulator/given-cluster.ts";
import { environmentOf, runCommand } from "../run-command.ts";
import { ask, directorySeed, officeSeed, writeDocument } from "./given-questions.ts";

const plans = path.resolve(__dirname, "../../audit/plans");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-who-can-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Holding {
  readonly identity: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

interface Answer {
  readonly is_whole: boolean;
  readonly clusters: readonly {
    readonly cluster?: string;
    readonly holders: readonly Holding[];
    readonly can_come_to_it: readonly Holding[];
    readonly unknown: readonly string[];
  }[];
}

function answerIn(out: string): Answer {
  return JSON.parse(out) as Answer;
}

/** Whoever it is, with the ways afterwards. */
function waysOf(holdings: readonly Holding[] | undefined): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries((holdings ?? []).map(({ identity, after }) => [identity, after]));
}

test("whoever holds a privilege or can come to it is told with the way: role, group, administrator, and what leads there", async () => {
  const file = await writeDocument(folder, officeSeed);

  const { exitCode, out } = await ask(["who-can", "PRIVILEGE_FILE_FULL_ACCESS", file, "--format", "json"]);

  const { clusters, is_whole: isWhole } = answerIn(out);
  expect([exitCode, isWhole]).toEqual([0, true]);
  expect(waysOf(clusters[0]?.holders)).toEqual({
    "local:admin": ["being the built-in user admin (auth_id 500)", "role Administrators"],
    "local:svc-backup": ["role backup"],
  });
  expect(waysOf(clusters[0]?.can_come_to_it)).toEqual({
    "local:helpdesk": ["PRIVILEGE_LOCAL_GROUP_WRITE by role help: can join the group with a role local:night-shift"],
    "local:jane": [
      "PRIVILEGE_ROLE_WRITE by role ops through group local:night-shift: can put any privilege into a role, and itself too",
    ],
    "local:night-shift": ["PRIVILEGE_ROLE_WRITE by role ops: can put any privilege into a role, and itself too"],
  });
});

test("what everybody has is told of everybody, and a table shows names beside ways", async () => {
  const file = await writeDocument(folder, officeSeed);

  const { exitCode, out } = await ask(["who-can", "quota-read", file]);

  expect(exitCode).toBe(0);
  expect(out).toContain("Who can PRIVILEGE_QUOTA_READ, in ");
  expect(out).toContain("\n  HOLDS IT        BY\n  local:admin     being the built-in user admin (auth_id 500)\n");
  expect(out).toMatch(/\n {2}world:everyone {2}role look\n/);
  expect(out).not.toContain("CAN GAIN IT");
});

test("a cluster, its seed, and its seed on standard input give the same answer", async () => {
  const { simulator } = await givenCluster({ seed: officeSeed });
  const file = await writeDocument(folder, officeSeed);
  const env = environmentOf(simulator);
  const stdin = Readable.from([Buffer.from(JSON.stringify(officeSeed))]);
  const question = ["who-can", "role_write", "--format", "json"];

  const onCluster = await ask(question, env);
  const inFile = await ask([...question, file], env);
  const piped = await runCommand([...question, "-"], { stdin });

  expect(onCluster.exitCode).toBe(0);
  expect(answerIn(onCluster.out).clusters[0]?.holders.map(({ identity }) => identity)).toEqual([
    "local:admin",
    "local:jane",
    "local:night-shift",
  ]);
  expect([inFile, piped]).toEqual([onCluster, onCluster]);
  expect(simulator.requests.filter(({ method }) => !["GET", "POST"].includes(method))).toEqual([]);
});

test.each(["opentofu", "terraform"])(
  "a plan of %s tells who holds it before and after, on each cluster",
  async (engine) => {
    const file = path.join(plans, `${engine}-changes.json`);

    const { exitCode, out } = await ask(["who-can", "PRIVILEGE_ROLE_WRITE", file]);
    const json = await ask(["who-can", "PRIVILEGE_ROLE_WRITE", file, "--format", "json"]);

    expect(exitCode).toBe(0);
    expect(out).toMatch(/\n {2}local:operators \(group\) {2}\+ role operations\n/);
    expect(out).toMatch(
      /\n {2}local:operator {9} {2}\+ role Administrators\n {27}\+ role operations through group local:operators\n/,
    );
    expect(out).toContain(
      "- PRIVILEGE_LOCAL_USER_WRITE by role accounts: can set the password of, and log in as, local:admin",
    );
    expect(out).toContain("This plan does not tell what else is on the cluster: --cluster reads that too.");
    expect(answerIn(json.out).clusters.map(({ cluster }) => cluster)).toEqual(["qumulo", "qumulo.second"]);
  },
);

test("with --cluster, a plan is answered together with what is on the cluster", async () => {
  const bearer = await givenBearer({
    privileges: ["LOCAL_USER_READ", "LOCAL_GROUP_READ", "ROLE_READ", "ACCESS_TOKENS_READ"].map(
      (it) => `PRIVILEGE_${it}`,
    ),
  });
  const file = path.join(plans, "opentofu-later.json");

  const { out } = await ask(["who-can", "PRIVILEGE_ROLE_READ", file, "--cluster"], bearer.env);

  expect(out).toMatch(/\n {2}local:svc-backup {2}role backup\n/);
  expect(out).not.toContain("--cluster reads that too");
});

test.each([
  ["opentofu-combinations.json", "? Not all privileges of the role Observers are known"],
  ["terraform-incomplete.json", "?"],
])("what a plan does not tell is told, and makes the status 3: %s", async (name, part) => {
  const { exitCode, out } = await ask(["who-can", "PRIVILEGE_DEBUG", path.join(plans, name)]);

  expect(exitCode).toBe(3);
  expect(out).toContain("Not known, so somebody has to check:\n");
  expect(out).toContain(part);
});

test("what an account may not read of a cluster makes the status 3, and who is in a group of a directory as well", async () => {
  const bearer = await givenBearer({ privileges: ["PRIVILEGE_ROLE_READ", "PRIVILEGE_LOCAL_USER_READ"] });
  const file = await writeDocument(folder, directorySeed);

  const refused = await ask(["who-can", "PRIVILEGE_DEBUG"], bearer.env);
  const ofDirectory = await ask(["who-can", "quota_read", file]);

  expect([refused.exitCode, ofDirectory.exitCode]).toEqual([3, 3]);
  expect(refused.out).toContain("the account that reads them lacks PRIVILEGE_ACCESS_TOKENS_READ");
  expect(ofDirectory.out).toContain(
    "? Only the directory knows who is in ad:lab\\jane, ad:lab\\ops, where that is a group",
  );
});

test.each([
  ["PRIVILEGE_ROLES_WRITE", "Did you mean PRIVILEGE_ROLE_WRITE"],
  ["PRIVILEGE_ACCESS_TOKEN_WRITE", "Did you mean PRIVILEGE_ACCESS_TOKENS_WRITE"],
  ["kerberos", "Did you mean PRIVILEGE_KERBEROS_KEYTAB_READ or PRIVILEGE_KERBEROS_KEYTAB_WRITE or "],
  ["frobnicate", "It takes a name such as PRIVILEGE_ROLE_WRITE."],
])("%s is not a privilege, and the nearest are named", async (asked, advice) => {
  const { exitCode, out, error } = await ask(["who-can", asked, path.join(plans, "opentofu-state.json")]);

  expect([exitCode, out]).toEqual([2, ""]);
  expect(error).toContain(`error: "${asked}" is not a privilege. ${advice}`);
});

test("a privilege of a newer cluster is one when a role has it", async () => {
  const role = { name: "new", privileges: ["PRIVILEGE_BRAND_NEW"] };
  const values = {
    root_module: { resources: [{ address: "qumulo_role.n", mode: "managed", type: "qumulo_role", values: role }] },
  };
  const file = await writeDocument(folder, { format_version: "1.0", values });

  const { exitCode, out } = await ask(["who-can", "brand_new", file]);

  expect(exitCode).toBe(0);
  expect(out).toContain("Who can PRIVILEGE_BRAND_NEW (it is not known to this version), in ");
  expect(out).toContain("being the built-in user admin");
});

test("the page begins with what was asked for in its filter", async () => {
  const output = path.join(folder, "who-can.html");
  const file = path.join(plans, "opentofu-state.json");

  const { exitCode, out } = await ask(["who-can", "ROLE_WRITE", file, "--format", "html", "--output", output]);

  const page = await readFile(output, "utf8");
  // The state is of two clusters, and does not tell on which of them each role is.
  expect([exitCode, out]).toEqual([3, ""]);
  expect(page).toMatch(/name="text"[^>]*value="ROLE_WRITE"/);
  expect(page).toContain("Who can PRIVILEGE_ROLE_WRITE</h1>");
});

test.each([
  ["nothing to look into", ["who-can", "debug"], "No plan, state, seed or cluster was given. Name a file"],
  ["a file that is not there", ["who-can", "debug", "/not/there.json"], "/not/there.json cannot be read: "],
  [
    "a cluster's flags beside a file",
    ["who-can", "debug", "PLAN", "--host", "a.example.com"],
    "No cluster is read without --cluster.",
  ],
  [
    "a seed and a cluster",
    ["who-can", "debug", "SEED", "--cluster", "--host", "a.example.com"],
    "is a seed, which describes a whole cluster",
  ],
  ["a broken seed", ["who-can", "debug", "BROKEN"], "does not describe a cluster:\n  "],
  ["a file of something else", ["who-can", "debug", "OTHER"], "other.json: "],
])("%s ends with status 2 and says what to do", async (_case, args, message) => {
  const files: Readonly<Record<string, string>> = {
    PLAN: path.join(plans, "opentofu-state.json"),
    SEED: await writeDocument(folder, officeSeed),
    BROKEN: await writeDocument(await mkdtemp(path.join(folder, "b-")), { version: 1, users: [{ nam: "x" }] }),
    OTHER: path.join(await mkdtemp(path.join(folder, "o-")), "other.json"),
  };
  await writeFile(files["OTHER"] ?? "", '{"a":1}');

  const { exitCode, out, error } = await ask(args.map((arg) => files[arg] ?? arg));

  expect([exitCode, out]).toEqual([2, ""]);
  expect(error).toContain(message);
});
