import { Readable } from "node:stream";
import { expect, test } from "@jest/globals";
import type { JsonReport } from "../../../src/audit/index.ts";
import { change, kept, planOf } from "../../support/plans/plan-builder.ts";
import { type GivenBearer, givenBearer, writeFileIn } from "../given-bearer.ts";
import { type CommandRun, runCommand } from "../run-command.ts";

type Values = Readonly<Record<string, unknown>>;

/** What reads all that the audit asks for. */
const readers = ["LOCAL_USER_READ", "LOCAL_GROUP_READ", "ROLE_READ", "ACCESS_TOKENS_READ"].map(
  (name) => `PRIVILEGE_${name}`,
);

/** A plan whose provider configurations have these expressions, with a role on each. */
function planFor(providers: Readonly<Record<string, Values>>): Values {
  const keys = Object.keys(providers);
  const resources = keys.map((key, index) => ({
    mode: "managed",
    type: "qumulo_role",
    name: `r${index}`,
    provider_config_key: key,
  }));
  const config = keys.map((key) => [key, { name: "qumulo", expressions: providers[key] }] as const);
  return planOf(
    keys.map((_, index) => kept(`qumulo_role.r${index}`, { name: `r${index}`, privileges: [] })),
    { configuration: { provider_config: Object.fromEntries(config), root_module: { resources } } },
  );
}

async function auditOf(plan: unknown, { env }: Pick<GivenBearer, "env">, ...args: string[]): Promise<CommandRun> {
  // Wide enough that no sentence is parted.
  const terminal = { columns: 1_000, isColored: false };
  return runCommand(["audit", "-", "--cluster", ...args], { env, stdin: inputOf(plan), terminal });
}

function inputOf(plan: unknown): Readable {
  return Readable.from([Buffer.from(JSON.stringify(plan))]);
}

test("other members, roles and tokens of the cluster are told beside what the plan manages, by reading alone", async () => {
  const bearer = await givenBearer({ privileges: readers });
  const { admin, simulator } = bearer;
  await admin.post("/v1/auth/roles/", { name: "by-hand", description: "", privileges: ["PRIVILEGE_ROLE_WRITE"] });
  await admin.post("/v1/auth/roles/by-hand/members", { name: "guest", domain: "LOCAL" });
  const earlier = simulator.requests.length;

  const alone = await runCommand(["audit", "-"], { env: bearer.env, stdin: inputOf(planFor({ qumulo: {} })) });
  const { exitCode, out } = await auditOf(planFor({ qumulo: {} }), bearer, "--fail-on-existing");

  expect([alone.exitCode, exitCode]).toEqual([0, 1]);
  expect(out).toContain("local:guest can gain further rights, or act as someone else (local:guest → by-hand)");
  expect(out).toContain(`access token ${bearer.token.id}`);
  expect(out).not.toContain("is not known");
  const asked = simulator.requests.slice(earlier).map(({ method, path }) => `${method} ${path}`);
  expect(asked.filter((request) => !request.startsWith("GET "))).toEqual([]);
  expect(new Set(asked).size).toBe(asked.length);
});

test("whoever is an administrator by no code is named, with whoever may become one, and so is the built-in one", async () => {
  const bearer = await givenBearer({ privileges: readers });
  const { admin } = bearer;
  const user = async (name: string): Promise<string> =>
    (await admin.post("/v1/users/", { name, primary_group: "513", password: "Test-Passw0rd" })).field("id");
  const [byHand, grouped, managed] = [await user("by-hand"), await user("grouped"), await user("managed")];
  const group = (await admin.post("/v1/groups/", { name: "bosses" })).field("id");
  await admin.post(`/v1/groups/${group}/members/`, { member_id: grouped });
  await admin.post("/v1/auth/roles/", { name: "keys", description: "", privileges: ["PRIVILEGE_ROLE_WRITE"] });
  await admin.post("/v1/auth/roles/keys/members", { auth_id: byHand });
  for (const auth_id of [byHand, group, managed])
    await admin.post("/v1/auth/roles/Administrators/members", { auth_id });
  const plan = planOf([
    kept("qumulo_role_member.managed", { role_name: "Administrators", auth_id: managed }),
    kept("qumulo_role_member.group", { role_name: "Administrators", auth_id: group }),
  ]);

  const { out } = await auditOf(plan, bearer, "--format", "json");

  const { findings } = JSON.parse(out) as JsonReport;
  const named = findings
    .filter(({ rule }) => rule === "undeclared-administrator")
    .flatMap(({ severity, members, is_new: isNew, ...single }) =>
      (members ?? [single]).map(({ identity, what }) => [severity, identity, what.replace(/.*\(/, "("), isNew]),
    );
  expect(named).toEqual([
    ["critical", "local:by-hand", "(local:by-hand → Administrators).", false],
    ["critical", "local:grouped", "(local:grouped → local:bosses → Administrators).", false],
    ["critical", "local:by-hand", "(local:by-hand → keys).", false],
    ["low", "local:admin", expect.stringContaining("the administrator whom every cluster has"), false],
  ]);
});

test("the audit logs in as other commands do: by user and password, or by a credentials file", async () => {
  const bearer = await givenBearer({ privileges: readers });
  const { QUMULO_BEARER_TOKEN: bearerToken = "", ...place } = bearer.env;
  const login = { QUMULO_USERNAME: "admin", QUMULO_PASSWORD: bearer.simulator.adminPassword.reveal() };
  const file = await writeFileIn(bearer.folder, JSON.stringify({ version: 1, bearer_token: bearerToken }));

  const loggedIn = await auditOf(planFor({ qumulo: {} }), { env: { ...place, ...login } });
  const byFile = await auditOf(planFor({ qumulo: {} }), { env: place }, "--credentials-file", file);
  const wrong = await auditOf(planFor({ qumulo: {} }), {
    env: { ...place, ...login, QUMULO_PASSWORD: "Wrong-Canary1" },
  });
  const without = await auditOf(planFor({ qumulo: {} }), { env: { ...place, HOME: bearer.folder } });

  expect([loggedIn.exitCode, byFile.exitCode]).toEqual([0, 0]);
  expect(loggedIn.out).toContain("local:admin");
  expect([wrong.exitCode, wrong.out, without.exitCode, without.out]).toEqual([2, "", 2, ""]);
  expect(wrong.error).toMatch(/^error: --cluster: .*QUMULO_PASSWORD/);
  expect(wrong.error).not.toContain("Canary");
  expect(without.error).toContain("QUMULO_USERNAME and QUMULO_PASSWORD, or QUMULO_BEARER_TOKEN");
});

test("members that the plan takes out of a role are not taken for members that somebody else has added", async () => {
  const bearer = await givenBearer({ privileges: readers });
  const { body } = await bearer.admin.get("/v1/auth/roles/backup/members?limit=1000");
  const authId = Object.keys((body as { members: object }).members)[0] ?? "";
  const before = { role_name: "backup", auth_id: authId };
  const plan = planOf([change("qumulo_role_member.gone", { actions: ["delete"], before })]);

  const { out } = await auditOf(plan, bearer, "--format", "json");

  const { identities } = JSON.parse(out) as { identities: readonly { identity: string; lost: readonly unknown[] }[] };
  expect(identities.find(({ identity }) => identity === "local:svc-backup")?.lost).toHaveLength(readers.length);
});

test.each([
  ["qumulo_role_member", { name: "svc-a", domain: "LOCAL", auth_id: "1999" }],
  ["qumulo_role_members", { members: ["local:svc-a"], auth_ids: { "local:svc-a": "1999" } }],
])("a member whose name is another account's by now is judged by its auth_id: %s", async (type, member) => {
  const bearer = await givenBearer({ privileges: readers });
  const made = await bearer.admin.post("/v1/users/", {
    name: "svc-a",
    primary_group: "513",
    password: "Test-Passw0rd",
  });
  const plan = planOf([kept(`${type}.m`, { role_name: "Observers", ...member })]);

  const { exitCode, out } = await auditOf(
    plan,
    bearer,
    "--fail-on-existing",
    "--fail-on",
    "medium",
    "--format",
    "json",
  );

  const { findings, identities } = JSON.parse(out) as {
    findings: readonly { rule: string; what: string }[];
    identities: readonly { identity: string; paths_after: readonly string[] }[];
  };
  const named = findings.filter(({ what }) => what.includes("local:svc-a"));
  expect(exitCode).toBe(1);
  expect(named).toMatchObject([
    {
      rule: "unknown-access",
      what: expect.stringContaining(
        `auth_id 1999, named local:svc-a, and that name is the one of auth_id ${made.field("id")}`,
      ),
    },
  ]);
  expect(identities.filter(({ paths_after: paths }) => paths.length > 0).map(({ identity }) => identity)).not.toContain(
    "local:svc-a",
  );
});

test("a member whose name is nobody's by now is told, and so is one that a state names after another account", async () => {
  const bearer = await givenBearer({ privileges: readers });
  const member = { role_name: "Observers", name: "svc-a", domain: "LOCAL", auth_id: "1999" };
  const plan = planOf([kept("qumulo_role_member.m", member)]);
  const account = kept("qumulo_local_user.a", { id: "2000", name: "svc-a" });

  const onCluster = await auditOf(plan, bearer);
  const stdin = inputOf(planOf([kept("qumulo_role_member.m", member), account]));
  const alone = await runCommand(["audit", "-"], {
    env: bearer.env,
    stdin,
    terminal: { columns: 1_000, isColored: false },
  });

  expect(onCluster.out).toContain("is auth_id 1999, named local:svc-a, and nobody has that name");
  expect(alone.out).toContain("is auth_id 1999, named local:svc-a, and that name is the one of auth_id 2000");
});

test.each(readers)("without %s the audit says what it could not read, and asks for a review", async (lacking) => {
  const bearer = await givenBearer({ privileges: readers.filter((name) => name !== lacking) });

  const member = change("qumulo_role_member.new", { after: { role_name: "backup", auth_id: "1999" } });

  const { exitCode, out } = await auditOf(planOf([member]), bearer, "--fail-on", "critical");
  const unchanged = await auditOf(planFor({ qumulo: {} }), bearer, "--fail-on", "critical");

  expect([exitCode, unchanged.exitCode]).toEqual([3, 0]);
  expect(unchanged.out).toContain("To be reviewed.");
  expect(out).toContain(`the account that reads them lacks ${lacking}`);
  expect(out).toMatch(/^CRITICAL unknown-access .*\(review\)/m);
});

test("facts belong to the provider configurations of that host and port, and the others are told as not read", async () => {
  const bearer = await givenBearer({ privileges: readers });
  const { host, port } = bearer.simulator;
  const same = { host: { constant_value: host }, port: { constant_value: port } };
  const plan = planFor({
    qumulo: {},
    "qumulo.same": same,
    "qumulo.host": { host: { constant_value: "other.example.com" } },
    "qumulo.port": { host: { constant_value: host }, port: { constant_value: port + 1 } },
    "qumulo.unknown": { host: { references: ["local.host"] } },
  });

  const { out } = await auditOf(plan, bearer, "--format", "json");

  const { findings } = JSON.parse(out) as { findings: readonly { rule: string; what: string }[] };
  const unread = findings.filter(({ what }) => what.includes("What else is on the cluster")).map(({ what }) => what);
  const sentence = (key: string, why: string): string =>
    `What else is on the cluster of the provider configuration ${key} is not known: ${why} ${host} port ${port}, which was read.`;
  expect(unread.toSorted()).toEqual([
    sentence("qumulo.host", "it does not lead to"),
    sentence("qumulo.port", "it does not lead to"),
    sentence("qumulo.unknown", "the plan does not tell whether it leads to"),
  ]);
});

test("a configuration without host follows the environment, whatever cluster the flags name", async () => {
  const bearer = await givenBearer({ privileges: readers });
  const env = { ...bearer.env, QUMULO_HOST: "elsewhere.example.com" };

  const { out } = await auditOf(planFor({ qumulo: {} }), { env }, "--host", bearer.simulator.host);

  expect(out).toContain("provider configuration qumulo is not known: it does not lead to 127.0.0.1");
});

test("a cluster that cannot be asked ends with status 2, and flags of the connection need --cluster", async () => {
  const bearer = await givenBearer();
  const env = { ...bearer.env, QUMULO_BEARER_TOKEN: "access-v1:canary-of-nobody" };

  const rejected = await auditOf(planFor({ qumulo: {} }), { env });
  const without = await runCommand(["audit", "-", "--host", "cluster.example.com"], { stdin: inputOf(planOf([])) });

  expect([rejected.exitCode, rejected.out]).toEqual([2, ""]);
  expect(rejected.error).toMatch(/^error: --cluster: Bearer token was rejected/);
  expect(rejected.error).not.toContain("canary");
  expect(without.exitCode).toBe(2);
  expect(without.error).toContain("No cluster is read without --cluster.");
});
