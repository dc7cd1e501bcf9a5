import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { ask, directorySeed, officeSeed, writeDocument } from "./given-questions.ts";

const plans = path.resolve(__dirname, "../../audit/plans");
let folder: string;
let office: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-access-"));
  office = await writeDocument(folder, officeSeed);
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Sides {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

interface Answer {
  readonly is_whole: boolean;
  readonly clusters: readonly {
    readonly cluster?: string;
    readonly identity: string;
    readonly names: readonly string[];
    readonly members: readonly string[];
    readonly administrator: Sides;
    readonly roles: readonly (Sides & { readonly role: string })[];
    readonly privileges: readonly (Sides & { readonly privilege: string })[];
    readonly can_come_to: Sides;
    readonly tokens: readonly { readonly event: string; readonly end_after?: string }[];
    readonly unknown: readonly string[];
  }[];
}

async function answerOf(identity: string, file: string): Promise<Answer> {
  const { out } = await ask(["access", identity, file, "--format", "json"]);
  return JSON.parse(out) as Answer;
}

test.each([
  ...["svc-backup", "SVC-Backup", "local:svc-backup", "LOCAL\\svc-backup", "auth_id:1101", "auth_id:0x44d"],
  ...["S-1-5-21-1-2-3-1101", "sid:s-1-5-21-1-2-3-1101", "uid:5001"],
])("%s is one account in every spelling", async (spelling) => {
  const { clusters, is_whole: isWhole } = await answerOf(spelling, office);

  expect(isWhole).toBe(true);
  expect(clusters).toMatchObject([
    {
      identity: "local:svc-backup",
      names: ["auth_id:1101", "uid:5001", "local:svc-backup"],
      administrator: { after: [] },
      roles: [
        { role: "backup", after: ["itself"] },
        { role: "look", after: ["group world:Everyone"] },
      ],
      privileges: [
        { privilege: "PRIVILEGE_FILE_FULL_ACCESS", after: ["role backup"] },
        { privilege: "PRIVILEGE_QUOTA_READ", after: ["role look through group world:Everyone"] },
      ],
    },
  ]);
});

test.each(["admin", "local:admin", "LOCAL\\admin", "auth_id:500", "S-1-5-21-1-2-3-500"])(
  "%s is the administrator, whatever its roles",
  async (spelling) => {
    const { clusters } = await answerOf(spelling, office);

    expect(clusters[0]?.administrator.after).toEqual([
      "being the built-in user admin (auth_id 500)",
      "role Administrators",
    ]);
    expect(clusters[0]?.can_come_to.after).toEqual([]);
  },
);

test("a table tells roles, privileges, tokens and what the account could come to", async () => {
  const helper = await ask(["access", "helpdesk", office]);
  const backup = await ask(["access", "svc-backup", office]);

  expect([helper.exitCode, backup.exitCode]).toEqual([0, 0]);
  expect(helper.out).toContain(
    "\n  can gain       PRIVILEGE_LOCAL_GROUP_WRITE by role help: can join the group with a role local:night-shift\n",
  );
  expect(helper.out).toMatch(/\n {2}PRIVILEGE_LOCAL_GROUP_WRITE {2}role help\n {31}leads to administrator rights\n/);
  expect(backup.out).toContain("\n  tokens         access token 777: works until 2030-01-01\n");
  expect(backup.out).toContain("access token 778: disabled: would work without end\n");
});

test("a group tells who is in it, and an account without any role has none of its own", async () => {
  const group = await answerOf("night-shift", office);
  const idle = await answerOf("idle", office);

  expect(group.clusters[0]).toMatchObject({ identity: "local:night-shift", members: ["local:jane"] });
  expect(idle.clusters[0]?.roles.map(({ role }) => role)).toEqual(["look"]);
});

test.each(["opentofu", "terraform"])("a plan of %s tells access before and after", async (engine) => {
  const file = path.join(plans, `${engine}-changes.json`);

  const { exitCode, out } = await ask(["access", "operator", file]);
  const byAddress = await answerOf('module.account["backup"].qumulo_local_user.this', file);

  expect(exitCode).toBe(0);
  expect(out).toContain("Access of local:operator, in ");
  expect(out).toMatch(/\n {2}administrator {2}\+ role Administrators\n/);
  expect(byAddress.clusters.map(({ identity }) => identity)).toEqual(["local:svc-backup"]);
});

test.each([
  ["svc-bakup", 1, 'Nobody is known as "svc-bakup" in DOC. Did you mean local:svc-backup?'],
  ["local:jan", 1, 'Nobody is known as "local:jan" in DOC. Did you mean local:jane?'],
  ["nobody-at-all", 1, 'Nobody is known as "nobody-at-all" in DOC. Give "local:svc", '],
  ["local:", 2, '"local:" is not an identity: Nothing follows "local:". Give "local:svc", '],
  ["frob:x", 2, '"frob:x" is not an identity: "frob:" is not a known prefix. Give "local:svc", '],
])("%s ends with status %d, and the nearest names are told", async (asked, status, message) => {
  const { exitCode, out, error } = await ask(["access", asked, office]);

  expect([exitCode, out]).toEqual([status, ""]);
  expect(error).toContain(`error: ${message.replace("DOC", office)}`);
});

test("a name that several directories have is asked for again, and what only a directory knows makes the status 3", async () => {
  const file = await writeDocument(await mkdtemp(path.join(folder, "d-")), directorySeed);

  const bare = await ask(["access", "jane", file]);
  const exact = await ask(["access", "LAB\\jane", file]);

  expect(bare.exitCode).toBe(1);
  expect(bare.error).toMatch(/^error: "jane" may mean .*ldap_user:jane.*\. Give one of these\.\n$/);
  expect(exact.exitCode).toBe(3);
  expect(exact.out).toContain("Access of ad:lab\\jane, in ");
  expect(exact.out).toContain(
    "? To which groups of a directory it belongs, and what these may do, only the directory knows.",
  );
});

test("the page begins with the identity in its filter", async () => {
  const output = path.join(folder, "access.html");

  const { exitCode } = await ask(["access", "svc-backup", office, "--format", "html", "--output", output]);

  const page = await readFile(output, "utf8");
  expect(exitCode).toBe(0);
  expect(page).toMatch(/name="text"[^>]*value="local:svc-backup"/);
});
