import path from "node:path";
import { expect, test } from "@jest/globals";
import { holder, kept, planOf } from "../../support/plans/plan-builder.ts";
import { givenBearer, writeFileIn } from "../given-bearer.ts";
import { ask } from "../questions/given-questions.ts";

const plans = path.resolve(__dirname, "../../audit/plans");
const readers = ["LOCAL_USER_READ", "LOCAL_GROUP_READ", "ROLE_READ", "ACCESS_TOKENS_READ"];

interface Report {
  readonly compared_with?: string;
  readonly findings: readonly { readonly rule: string; readonly what: string; readonly kind: string }[];
}

/** What the rule about the reference says in a JSON report. */
function beyondIn(out: string): readonly string[] {
  const { findings } = JSON.parse(out) as Report;
  return findings.filter(({ rule }) => rule === "beyond-reference").map(({ what }) => what);
}

test("a plan is compared with a state of an engine, and the report says with what", async () => {
  const state = path.join(plans, "opentofu-state.json");
  const args = ["audit", path.join(plans, "opentofu-changes.json"), "--compare", state];

  const text = await ask(args);
  const json = await ask([...args, "--format", "json"]);
  const same = await ask(["audit", state, "--compare", state, "--format", "json"]);

  expect(text.exitCode).toBe(1);
  expect(text.out).toContain(`Compared with ${state}.`);
  expect((JSON.parse(json.out) as Report).compared_with).toBe(state);
  expect(beyondIn(json.out)).toContain(`local:operator is an administrator, and is not one in ${state}.`);
  expect(beyondIn(same.out)).toEqual([]);
});

test("a seed allows what the cluster that it describes has, and nothing more", async () => {
  const { folder } = await givenBearer();
  const seed = {
    version: 1,
    users: [{ name: "svc" }],
    roles: [{ name: "svc-role", privileges: ["PRIVILEGE_QUOTA_READ"], members: ["local:svc"] }],
  };
  const reference = await writeFileIn(folder, JSON.stringify(seed), "seed.json");
  const within = await writeFileIn(folder, JSON.stringify(planOf(holder("QUOTA_READ"))), "within.json");
  const more = await writeFileIn(folder, JSON.stringify(planOf(holder("QUOTA_READ", "METRICS_READ"))), "more.json");

  const allowed = await ask(["audit", within, "--compare", reference, "--format", "json"]);
  const refused = await ask(["audit", more, "--compare", reference, "--format", "json"]);

  expect(beyondIn(allowed.out)).toEqual([]);
  expect(refused.exitCode).toBe(1);
  expect(beyondIn(refused.out)).toEqual([
    `local:svc holds PRIVILEGE_METRICS_READ through the role svc-role, and does not in ${reference}.`,
  ]);
});

test("with --compare-cluster nothing may go beyond what the cluster has now, which is read once for --cluster too", async () => {
  const bearer = await givenBearer({ privileges: readers.map((name) => `PRIVILEGE_${name}`) });
  const { body } = await bearer.admin.get("/v1/auth/roles/backup/members?limit=1000");
  const authId = Object.keys((body as { members: object }).members)[0] ?? "";
  const user = kept("qumulo_local_user.svc", { id: authId, name: "svc-backup" });
  const member = kept("qumulo_role_member.svc", { role_name: "backup", auth_id: authId });
  const planWith = async (privileges: readonly string[]): Promise<string> => {
    const role = { name: "backup", privileges: privileges.map((name) => `PRIVILEGE_${name}`) };
    const plan = planOf([user, member, kept("qumulo_role.svc", role)]);
    return writeFileIn(bearer.folder, JSON.stringify(plan), `plan-${privileges.length}.json`);
  };
  const earlier = bearer.simulator.requests.length;

  const same = await ask(
    ["audit", await planWith(readers), "--compare-cluster", "--cluster", "--format", "json"],
    bearer.env,
  );
  const asked = bearer.simulator.requests.slice(earlier).map(({ method, path: target }) => `${method} ${target}`);
  const more = await ask(
    ["audit", await planWith([...readers, "DEBUG"]), "--compare-cluster", "--format", "json"],
    bearer.env,
  );

  expect(beyondIn(same.out)).toEqual([]);
  expect(new Set(asked).size).toBe(asked.length);
  expect(more.exitCode).toBe(1);
  expect(beyondIn(more.out)).toEqual([
    `local:svc-backup holds PRIVILEGE_DEBUG through the role backup, and does not in the cluster ${bearer.simulator.host}.`,
  ]);
});

test.each([
  [
    "two references",
    ["--compare", "STATE", "--compare-cluster"],
    "--compare and --compare-cluster each name a reference.",
  ],
  ["standard input", ["--compare", "-"], "--compare takes a file, since standard input is for the plan."],
  ["a file that is not there", ["--compare", "/not/there.json"], "/not/there.json cannot be read: "],
  ["a plan that is none", ["--compare", "OTHER"], "It is compared with "],
])("%s cannot be compared with, and ends with status 2", async (_case, args, message) => {
  const { folder } = await givenBearer();
  const state = path.join(plans, "opentofu-state.json");
  const other = await writeFileIn(folder, '{"a":1}', "other.json");
  const given = args.map((arg) => (arg === "STATE" ? state : arg === "OTHER" ? other : arg));

  const { exitCode, out, error } = await ask(["audit", state, ...given]);

  expect([exitCode, out]).toEqual([2, ""]);
  expect(error).toContain(message);
});
