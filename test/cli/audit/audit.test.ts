import { readdirSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import * as v from "valibot";
import { type JsonReport, reportSchema } from "../../../src/audit/report/json-report.ts";
import { change, holder, kept, newHolder, planOf, token } from "../../support/plans/plan-builder.ts";
import { fc } from "../../support/search.ts";
import { type CommandRun, runCommand } from "../run-command.ts";

const plans = path.resolve(__dirname, "../../audit/plans");
const recorded = readdirSync(plans).toSorted();
const secret = /Canary|access-v1:|session-v1:/;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "cdktf-qumulo-audit-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function auditText(text: string | Buffer, ...args: readonly string[]): Promise<CommandRun> {
  return runCommand(["audit", "-", ...args], { stdin: Readable.from([Buffer.from(text)]) });
}

async function written(name: string, value: unknown): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, JSON.stringify(value));
  return file;
}

test.each(recorded)("%s is audited, and neither report nor redacted copy holds a secret", async (name) => {
  const copy = path.join(folder, "copy.json");

  const text = await runCommand(["audit", path.join(plans, name), "--redact", copy]);
  const json = await runCommand(["audit", path.join(plans, name), "--format", "json"]);
  const again = await runCommand(["audit", copy, "--format", "json"]);

  expect([0, 1, 3]).toContain(text.exitCode);
  expect(v.safeParse(reportSchema, JSON.parse(json.out)).success).toBe(true);
  expect(again.out).toBe(json.out);
  expect(text.out + text.error + json.out + (await readFile(copy, "utf8"))).not.toMatch(secret);
  expect((await stat(copy)).mode & 0o777).toBe(0o600);
});

test("a plan of changes tells who becomes an administrator, and by which way", async () => {
  const { exitCode, out } = await runCommand(["audit", path.join(plans, "opentofu-changes.json")]);

  expect(exitCode).toBe(1);
  expect(out).toContain("+ local:operator → Administrators");
  expect(out).toContain("CRITICAL new-administrator qumulo_role_member.leaver");
});

test.each([
  ["low", 1],
  ["medium", 1],
  ["high", 0],
  ["critical", 0],
])("with --fail-on %s a finding of medium severity ends with %i", async (failOn, expected) => {
  const { exitCode } = await auditText(JSON.stringify(planOf(newHolder("QUOTA_WRITE"))), "--fail-on", failOn);

  expect(exitCode).toBe(expected);
});

test.each([
  ["", "standard input: It is empty."],
  ["PK\u0003\u0004", "This is a saved plan, not JSON."],
  ["# plan", "This is not JSON."],
  ["[1]", "This JSON is neither a plan nor a state."],
  ["{}", "has no format_version"],
  [`{"format_version":"2.0","resource_changes":[]}`, "has the major version 2"],
  [`{"format_version":"1.0"}`, "There is neither a plan nor a state in it"],
  [`{"version":4,"lineage":"x"}`, 'This is a state as the engine keeps it, and not what "show -json" prints.'],
  [`{"format_version":"1.0","resource_changes":[{"type":"qumulo_role"}]}`, "resource_changes.0.address"],
])("%j is refused with status 2", async (text, message) => {
  const { exitCode, out, error } = await auditText(text);

  expect([exitCode, out]).toEqual([2, ""]);
  expect(error).toContain(message);
});

test("a cut plan never gives a verdict", async () => {
  const whole = await readFile(path.join(plans, "opentofu-creation.json"), "utf8");

  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.trimEnd().length - 1 }), async (length) => {
      const { exitCode, out, error } = await auditText(whole.slice(0, length));
      expect([exitCode, out]).toEqual([2, ""]);
      expect(error).not.toMatch(secret);
    }),
    { numRuns: 30 },
  );
});

test("a plan with a value of another type gives a verdict or status 2, and never a stack trace", async () => {
  const plan = JSON.stringify(planOf([...holder("ROLE_WRITE"), change("qumulo_access_token.svc", { after: token })]));
  const places = [...plan.matchAll(/:("[^"]*"|true|false|null|\[|\{)/g)].map(({ index }) => index + 1);
  const values = ["null", "0", '"x"', "[]", "{}", "[[]]", "true"];

  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), fc.constantFrom(...values), async (place, value) => {
      const rest = plan.slice(place).replace(/^("[^"]*"|true|false|null)/, value);
      const { exitCode, error } = await auditText(plan.slice(0, place) + rest);
      expect([0, 1, 2, 3]).toContain(exitCode);
      expect(error).not.toMatch(/\n\s+at /);
    }),
    { numRuns: 200 },
  );
});

test("a baseline accepts until its last day; what is over counts again, what matches nothing is told", async () => {
  const plan = JSON.stringify(planOf(newHolder("ROLE_WRITE")));
  const entry = (rule: string, until: string): object => ({ rule, until, reason: "known" });
  const rules = ["escalating-privilege", "escalation-by-combination"];
  const valid = await written("valid.json", { version: 1, entries: rules.map((rule) => entry(rule, "2999-01-01")) });
  const over = await written("over.json", { version: 1, entries: rules.map((rule) => entry(rule, "2020-01-01")) });
  const other = await written("other.json", { version: 1, entries: [entry("drift", "2999-01-01")] });

  const [accepted, expired, unmatched] = await Promise.all(
    [valid, over, other].map(async (file) => auditText(plan, "--baseline", file)),
  );

  expect([accepted?.exitCode, expired?.exitCode, unmatched?.exitCode]).toEqual([0, 1, 1]);
  expect(expired?.out).toContain("ended on 2020-01-01, so it counts again");
  expect(unmatched?.out).toContain("drift matches nothing: correct it, or remove it");
});

test("a faulty policy names each fault, with status 2", async () => {
  const file = await written("policy.json", {
    version: 1,
    maximum_lifetime: "soon",
    forbidden_privileges: ["PRIVILEGE_ROLE_WRIT"],
  });

  const { exitCode, error } = await auditText(JSON.stringify(planOf([])), "--policy", file);

  expect(exitCode).toBe(2);
  expect(error).toContain("maximum_lifetime: It takes a duration");
  expect(error).toContain("Did you mean PRIVILEGE_ROLE_WRITE?");
});

test.each([
  [[], "It takes an object, and got a list."],
  [null, "It takes an object, and got null."],
  [{}, "version is missing."],
  [{ version: 2 }, "version: It takes 1, and got the number 2."],
  [{ version: 1, max_lifetime: "90d" }, "max_lifetime is not known here. Did you mean maximum_lifetime?"],
  [{ version: 1, entries: [] }, "entries is not known here."],
  [
    { version: 1, review_severity: "grave" },
    'review_severity: It takes low, medium, high or critical, and got "grave".',
  ],
  [{ version: 1, maximum_lifetime: 90 }, "maximum_lifetime: It takes a text, and got the number 90."],
  [{ version: 1, allowed_privileges: "ALL" }, 'allowed_privileges: It takes a list, and got "ALL".'],
  [{ version: 1, names: { tokens: "a" } }, "names.tokens is not known here."],
  [{ version: 1, names: { user: "a" } }, "names.user is not known here. Did you mean users?"],
  [{ version: 1, names: { users: "(" } }, "names.users: It takes a regular expression."],
  [{ version: 1, principal: " " }, "principal: It takes a name."],
])("the policy %j is refused in plain words", async (policy, words) => {
  const file = await written("policy.json", policy);

  const { exitCode, error } = await auditText(JSON.stringify(planOf([])), "--policy", file);

  expect(exitCode).toBe(2);
  expect(error).toBe(`error: --policy ${file}: ${words}\n`);
});

test.each([
  [{ rule: "drift", reason: "r" }, "entries.0.until is missing."],
  [
    { rule: "drift", reason: "r", until: "2027-01-31", adress: "a" },
    "entries.0.adress is not known here. Did you mean address?",
  ],
  [
    { rule: "drift", reason: " ", until: "2027-01-31" },
    "entries.0.reason: It takes a reason: write why this is accepted, or remove the entry.",
  ],
  [{ rule: "drift", reason: "r", until: "2027-02-31" }, "entries.0.until: There is no such day."],
  [{ rule: "drift", reason: "r", until: "soon" }, 'entries.0.until: It takes a day such as "2027-01-31".'],
  [{ reason: "r", until: "2027-01-31" }, "entries.0: It takes a fingerprint, fingerprints or a rule."],
])("the baseline's entry %j is refused in plain words", async (entry, words) => {
  const file = await written("baseline.json", { version: 1, entries: [entry] });

  const { exitCode, error } = await auditText(JSON.stringify(planOf([])), "--baseline", file);

  expect(exitCode).toBe(2);
  expect(error).toContain(`error: --baseline ${file}: ${words}\n`);
});

test("the last day of February is a day in leap years alone", async () => {
  const codes = ["2028-02-29", "2027-02-29"].map(async (until) => {
    const file = await written(`${until}.json`, { version: 1, entries: [{ rule: "drift", reason: "r", until }] });
    return (await auditText(JSON.stringify(planOf([])), "--baseline", file)).exitCode;
  });

  expect(await Promise.all(codes)).toEqual([0, 2]);
});

test("a report and a redacted copy do not go into one file", async () => {
  const file = path.join(folder, "both");
  const args = ["--output", file, "--redact", `${folder}/./both`];

  const { exitCode, error } = await runCommand(["audit", path.join(plans, "opentofu-creation.json"), ...args]);

  expect([exitCode, error]).toEqual([
    2,
    `error: --output and --redact both name ${folder}/./both: give each a file of its own.\n`,
  ]);
  await expect(stat(file)).rejects.toMatchObject({ code: "ENOENT" });
});

test("of what is not a plan no redacted copy is written, since nobody knows where its secrets are", async () => {
  const copy = path.join(folder, "copy.json");

  const { exitCode } = await auditText(`{"format_version":"2.0","secrets":"Canary"}`, "--redact", copy);

  expect(exitCode).toBe(2);
  await expect(stat(copy)).rejects.toMatchObject({ code: "ENOENT" });
});

test("what is wrong with a file is told in one sentence, which names no file that nobody knows", async () => {
  const plan = path.join(folder, "plan.json");
  await writeFile(plan, JSON.stringify(planOf([])));
  const errorOf = async (...args: readonly string[]): Promise<string> => (await runCommand(["audit", ...args])).error;

  expect(await errorOf(folder)).toBe(`error: ${folder} cannot be read: EISDIR: illegal operation on a directory.\n`);
  expect(await errorOf(plan, "--output", "/not/there")).toBe(
    "error: --output /not/there cannot be written: ENOENT: no such file or directory.\n",
  );
  expect(await errorOf(plan, "--redact", folder)).toBe(
    `error: --redact ${folder} cannot be written: EISDIR: illegal operation on a directory.\n`,
  );
});

test("a slip in the flags is not taken for findings", async () => {
  expect((await runCommand(["audit", "-", "--fail-on", "urgent"])).exitCode).toBe(2);
});

/** A cluster as it is, imported: roles, each held by four accounts. */
function imported(roles: number, more: readonly object[] = []): string {
  const range = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);
  const objects = range(roles).flatMap((role) => [
    kept(`qumulo_role.r${role}`, {
      name: `r${role}`,
      privileges: ["PRIVILEGE_ROLE_WRITE", "PRIVILEGE_FILE_FULL_ACCESS"],
    }),
    ...range(4).flatMap((member) => {
      const [id, name] = [String(2000 + role * 10 + member), `svc-${role}-${member}`];
      return [
        kept(`qumulo_local_user.u${id}`, { id, name }),
        kept(`qumulo_role_member.m${id}`, { role_name: `r${role}`, auth_id: id }),
      ];
    }),
  ]);
  return JSON.stringify(planOf([...objects, ...more].map((object) => ({ ...object }))));
}

async function jsonOf(plan: string, ...args: readonly string[]): Promise<JsonReport & { readonly exitCode: number }> {
  const { exitCode, out } = await auditText(plan, "--format", "json", ...args);
  return { ...(JSON.parse(out) as JsonReport), exitCode };
}

test("what was so before the plan is told in brief, and counts only where that is asked for", async () => {
  const [usual, asked] = [await auditText(imported(7)), await auditText(imported(7), "--fail-on-existing")];

  expect([usual.exitCode, asked.exitCode]).toEqual([0, 1]);
  expect(usual.out).toContain("Already so before this plan:");
  expect(usual.out).toMatch(/Findings: .*\(already so\)\.\s+Passed\.\s+The\s+audit\s+fails\s+on\s+new\s+findings/);
  expect(usual.out).not.toContain("Clean");
  expect(asked.out).toContain("new or not.");
});

test("findings of one cause are one, with whom it is about, and a new one stays apart from the old ones", async () => {
  const id = "3001";
  const account = kept("qumulo_local_user.new", { id, name: "svc-new" });
  const joined = change("qumulo_role_member.new", { after: { role_name: "r0", auth_id: id } });

  const [before, after] = [await jsonOf(imported(7)), await jsonOf(imported(7, [account, joined]))];

  const ofRule = ({ findings }: JsonReport): JsonReport["findings"] =>
    findings.filter(({ rule }) => rule === "escalating-privilege");
  expect(ofRule(before)).toHaveLength(7);
  expect(ofRule(before)[0]).toMatchObject({
    what: "Whoever has the role r0 can gain further rights, or act as someone else.",
    address: "qumulo_role.r0",
    members: [0, 1, 2, 3].map((index) => ({ identity: `local:svc-0-${index}` })),
  });
  expect(after.exitCode).toBe(1);
  expect(ofRule(after).filter(({ is_new: isNew }) => isNew)).toMatchObject([{ identity: "local:svc-new" }]);
});

test("access tokens that were too long-lived before are one finding of each rule, and each new one stands for itself", async () => {
  const tokens = ["a", "b"].flatMap((name) => [
    kept(`qumulo_access_token.old-${name}`, {
      id: `1${name}`,
      user: "local:svc",
      expiration_time: null,
      expires_in: null,
    }),
    change(`qumulo_access_token.new-${name}`, {
      after: { user: "local:svc", expiration_time: null, expires_in: null },
    }),
  ]);

  const { findings } = await jsonOf(JSON.stringify(planOf(tokens)));

  const endless = findings.filter(({ rule }) => rule === "token-never-expires");
  expect(endless.map(({ what, is_new: isNew, members = [] }) => [what, isNew, members.length])).toEqual([
    ["qumulo_access_token.new-a works until somebody deletes it.", true, 0],
    ["qumulo_access_token.new-b works until somebody deletes it.", true, 0],
    ["Several access tokens work until somebody deletes them.", false, 2],
  ]);
});

test("a baseline is written with reasons to fill in, is refused until they are, and accepts nothing that comes later", async () => {
  const file = path.join(folder, "baseline.json");
  const args = ["--fail-on-existing", "--fail-on", "low"];

  const wrote = await auditText(imported(2), ...args, "--write-baseline", file);
  const refused = await auditText(imported(2), ...args, "--baseline", file);
  const again = await auditText(imported(2), ...args, "--write-baseline", file);
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replaceAll('"reason": ""', '"reason": "known since 2019"'));
  const accepted = await jsonOf(imported(2), ...args, "--baseline", file);
  const later = await jsonOf(imported(3), ...args, "--baseline", file);
  const added = await auditText(imported(3), ...args, "--baseline", file, "--write-baseline", file);

  const { entries } = JSON.parse(text) as { entries: readonly { fingerprints: readonly string[]; what: string }[] };
  expect(wrote.exitCode).toBe(1);
  expect(wrote.error).toContain(`${file} has ${entries.length} new entries. Write a reason for each`);
  expect(entries.every(({ fingerprints }) => fingerprints.length === 4)).toBe(true);
  expect(entries[0]?.what).toContain("Who: local:svc-0-0, local:svc-0-1, local:svc-0-2, local:svc-0-3.");
  expect([refused.exitCode, refused.out]).toEqual([2, ""]);
  expect(refused.error).toContain("entries.0.reason: It takes a reason: write why this is accepted");
  expect([again.exitCode, again.error]).toEqual([2, expect.stringContaining("the reasons in it would be lost")]);
  expect([accepted.exitCode, accepted.findings]).toEqual([0, []]);
  expect(later.exitCode).toBe(1);
  expect(later.findings.every(({ address }) => address === "qumulo_role.r2")).toBe(true);
  expect(added.error).toContain(`${file} has ${later.findings.length} new entries.`);
  expect(await readFile(file, "utf8")).toContain("known since 2019");
});

test("that a plan failed stands in no baseline that is written: it would accept every failed plan to come", async () => {
  const file = path.join(folder, "baseline.json");
  const plan = { ...planOf(holder("ROLE_WRITE")), errored: true };

  const { exitCode, out } = await auditText(JSON.stringify(plan), "--write-baseline", file);

  expect(exitCode).toBe(1);
  expect(out).toContain("CRITICAL incomplete-plan");
  expect(await readFile(file, "utf8")).toContain('"rule": "escalating-privilege"');
  expect(await readFile(file, "utf8")).not.toContain("incomplete-plan");
});

test("an entry accepts by the fingerprint of several findings, and no longer when another one joins them", async () => {
  const [finding] = (await jsonOf(imported(1), "--fail-on-existing")).findings;
  const entry = { fingerprint: finding?.fingerprint, reason: "known", until: "2999-01-01" };
  const file = await written("baseline.json", { version: 1, entries: [entry] });
  const account = kept("qumulo_local_user.new", { id: "3001", name: "svc-new" });
  const joined = kept("qumulo_role_member.new", { role_name: "r0", auth_id: "3001" });

  const [same, more] = [
    await jsonOf(imported(1), "--baseline", file),
    await jsonOf(imported(1, [account, joined]), "--baseline", file),
  ];

  expect([same.accepted.length, same.unmatched.length]).toEqual([1, 0]);
  expect([more.accepted.length, more.unmatched.length]).toEqual([0, 1]);
});

test("what a baseline accepted until a day that is over counts, although it is not new", async () => {
  const rule = "escalating-privilege";
  const entries = [{ rule, reason: "known", until: "2020-01-01" }];
  const file = await written("baseline.json", { version: 1, entries });

  const { exitCode, findings } = await jsonOf(imported(1), "--baseline", file);

  expect(exitCode).toBe(1);
  expect(findings.find((it) => it.rule === rule)).toMatchObject({ is_new: false, accepted_until: "2020-01-01" });
});

test("in a state nothing is new, and everything counts", async () => {
  const { exitCode, out } = await runCommand(["audit", path.join(plans, "opentofu-state.json")]);

  expect(exitCode).toBe(1);
  expect(out).toMatch(/Not clean\.\s+The\s+audit\s+fails\s+on\s+findings\s+that\s+are\s+high\s+or\s+more\s+severe\./);
});
