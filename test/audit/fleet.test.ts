import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type Audit, audit, auditFleet, type FleetOptions } from "../../src/audit/audit.ts";
import { AuditError } from "../../src/audit/audit-error.ts";
import { type FleetPlan, mostPlans } from "../../src/audit/fleet.ts";
import { planSums } from "../../src/audit/report/plan-sums.ts";
import { change, holder, kept, newHolder, planOf, token } from "../support/plans/plan-builder.ts";

type Values = Readonly<Record<string, unknown>>;

const now = new Date("2026-03-02T08:00:00Z");
const gate = { failOn: "high" } as const;

function recorded(name: string): unknown {
  return JSON.parse(readFileSync(path.resolve(__dirname, "plans", name), "utf8"));
}

function fleetOf(plans: Readonly<Record<string, unknown>>, options: Partial<FleetOptions> = {}): Audit {
  const fleet = Object.entries(plans).map(([name, document]): FleetPlan => ({ name, document }));
  return auditFleet(fleet, { now, ...options });
}

/** A plan whose provider configuration says this of its host. */
function at(host: Values | undefined, changes: readonly Values[], more: Values = {}): Values {
  const expressions = host === undefined ? {} : { host };
  return planOf(changes, { configuration: { provider_config: { qumulo: { name: "qumulo", expressions } } }, ...more });
}

const constant = (value: string): Values => ({ constant_value: value });
const east = constant("east.example.com");
const user = kept("qumulo_local_user.svc", { id: "1001", name: "svc" });
const member = kept("qumulo_role_member.svc", { role_name: "keepers", auth_id: "1001" });
const newToken = change("qumulo_access_token.svc", { after: { ...token, id: undefined }, unknown: { id: true } });
const strongerRole = change("qumulo_role.keepers", {
  actions: ["update"],
  before: { name: "keepers", privileges: ["PRIVILEGE_QUOTA_READ"] },
  after: { name: "keepers", privileges: ["PRIVILEGE_ROLE_WRITE"] },
});

describe.each(["opentofu", "terraform"])("plans of %s", (engine) => {
  const plans = {
    rights: recorded(`${engine}-fleet-rights.json`),
    accounts: recorded(`${engine}-fleet-accounts.json`),
    west: recorded(`${engine}-fleet-west.json`),
  };

  test("that are harmless each by itself are judged together where they lead to one cluster", () => {
    const alone = Object.values(plans).map((plan) => audit(plan, { now }));
    const together = fleetOf(plans);

    const isEscalating = ({ open }: Audit): boolean => open.some(({ rule }) => rule === "escalating-privilege");
    expect(alone.map(isEscalating)).toEqual([false, false, false]);
    expect(together.open[0]).toMatchObject({
      rule: "escalating-privilege",
      severity: "critical",
      what: "local:svc can gain further rights, or act as someone else (local:svc → keepers).",
      address: "rights: qumulo_role.keepers",
      cluster: "accounts + rights",
      plans: ["rights", "accounts"],
      isNew: true,
    });
    // What one plan alone did not tell, the other one does.
    expect(alone[1]?.open).toContainEqual(expect.objectContaining({ rule: "unknown-access" }));
    expect(together.open.filter(({ rule, plans }) => rule === "unknown-access" && !plans.includes("west"))).toEqual([]);
  });

  test("tell who changes in which plan, and the same account on another cluster is somebody else", () => {
    const { changes, clusters } = fleetOf(plans);

    expect(clusters.map(({ cluster, plans }) => [cluster, plans])).toEqual([
      ["accounts + rights", ["rights", "accounts"]],
      ["west", ["west"]],
    ]);
    expect(changes.map(({ identity, cluster, plans, address }) => [identity, cluster, plans, address])).toEqual([
      ["local:svc", "accounts + rights", ["rights", "accounts"], "accounts: qumulo_local_user.svc"],
      ["local:svc", "west", ["west"], "west: qumulo_local_user.svc"],
    ]);
  });

  test("each have a verdict of their own beside that of all", () => {
    const sums = planSums(fleetOf(plans), { failOn: "critical" });

    expect(sums.map(({ name, verdict }) => [name, verdict])).toEqual([
      ["rights", "findings"],
      ["accounts", "findings"],
      ["west", "clean"],
    ]);
  });

  test("have no finding in common with an audit of each by itself in a baseline", () => {
    const one = new Set(audit(plans.west, { now }).open.map(({ fingerprint }) => fingerprint));

    expect(fleetOf(plans).open.filter(({ fingerprint }) => one.has(fingerprint))).toEqual([]);
  });

  test("states are told apart and joined by the SIDs of their accounts", () => {
    const state = recorded(`${engine}-state.json`);
    const both = fleetOf({ one: state, same: state });

    // The state itself is of two clusters.
    const names = both.clusters.map((access) => access.plans);
    expect(names).toEqual(names.map(() => ["one", "same"]));
    expect(both.changes.length).toBe(audit(state, { now }).changes.length);
  });
});

test("of one plan without a name, nothing is told as of several", () => {
  const result = audit(recorded("opentofu-changes.json"), { now });

  expect(result.plans).toEqual([]);
  expect(result.open.flatMap(({ plans }) => plans)).toEqual([]);
  expect(result.changes.flatMap(({ plans }) => plans)).toEqual([]);
});

test("the same finding in two plans is two, each with a fingerprint of its own", () => {
  const plan = (host: string): unknown => at(constant(host), newHolder("ROLE_WRITE"));
  const { open } = fleetOf({ east: plan("east"), west: plan("west") });

  const found = open.filter(({ rule }) => rule === "escalating-privilege");
  expect(found.map(({ address }) => address)).toEqual(["east: qumulo_role.svc", "west: qumulo_role.svc"]);
  expect(new Set(open.map(({ fingerprint }) => fingerprint)).size).toBe(open.length);
});

test("what is wrong with a plan as a whole is told of each", () => {
  const errored = (host: string): unknown => at(constant(host), [user], { errored: true });
  const { open } = fleetOf({ east: errored("east"), west: errored("west") });

  expect(open.filter(({ rule }) => rule === "incomplete-plan").map(({ plans }) => plans)).toEqual([["east"], ["west"]]);
});

describe("two plans", () => {
  const reviews = (host: readonly [Values | undefined, Values | undefined], more: Values = {}): readonly string[] => {
    const [left, right] = host;
    const plans = { accounts: at(left, [user, member, newToken], more), rights: at(right, [strongerRole], more) };
    return fleetOf(plans)
      .open.filter(({ what }) => what.includes("local:svc can gain further rights"))
      .map(({ rule }) => rule);
  };

  test("with one host are one cluster, and with different hosts are two", () => {
    expect(reviews([east, constant("EAST.example.com")])).toEqual(["escalating-privilege"]);
    expect(reviews([east, constant("west.example.com")])).toEqual([]);
  });

  test("of which the environment says the host may be one cluster: each may have been made in another one", () => {
    expect(reviews([undefined, undefined])).toEqual(["unknown-cluster"]);
    expect(reviews([east, undefined])).toEqual(["unknown-cluster"]);
  });

  test("with a host from a variable are compared by its value in each", () => {
    const variable = { references: ["var.host"] };
    const value = (text: string): Values => ({ variables: { host: { value: text } } });

    expect(reviews([variable, variable], value("east"))).toEqual(["escalating-privilege"]);
    const plans = {
      accounts: at(variable, [user, member, newToken], value("east")),
      rights: at(variable, [strongerRole], value("west")),
    };
    expect(fleetOf(plans).clusters).toHaveLength(2);
  });

  test("that declare one role differently count with all that it is declared with, for review", () => {
    const role = (privilege: string): Values =>
      kept("qumulo_role.keepers", { name: "keepers", privileges: [`PRIVILEGE_${privilege}`] });
    const { open } = fleetOf({
      a: at(east, [user, member, role("ROLE_WRITE")]),
      b: at(east, [role("QUOTA_READ")]),
    });

    expect(open).toContainEqual(
      expect.objectContaining({ rule: "escalating-privilege", identity: "local:svc", cluster: "a + b" }),
    );
    expect(open).toContainEqual(
      expect.objectContaining({
        kind: "review",
        what: expect.stringContaining("at a: qumulo_role.keepers and at b: qumulo_role.keepers"),
      }),
    );
  });

  test("of which only one changes anything: an old review of the other one counts for nothing", () => {
    const unknown = kept("qumulo_role_member.other", { role_name: "elsewhere", auth_id: "1001" });
    const plans = { quiet: at(east, [user, unknown]), busy: at(constant("west"), newHolder("QUOTA_READ")) };
    const sums = (more: Values): unknown =>
      planSums(fleetOf({ ...plans, ...more }), gate).map(({ verdict }) => verdict);

    expect(planSums(fleetOf(plans), gate).map(({ verdict }) => verdict)).toEqual(["review", "clean"]);
    // The same cluster changes by another plan.
    expect(sums({ near: at(east, [newToken]) })).toEqual(["review", "clean", "review"]);
  });
});

describe("a plan that cannot be read", () => {
  const good = at(east, newHolder("ROLE_WRITE"));

  test.each<readonly [string, FleetPlan, string]>([
    ["since its document is none", { name: "bad", document: { a: 1 } }, "has no format_version"],
    ["as its reader says", { name: "bad", fault: "bad.json cannot be read: ENOENT." }, "ENOENT"],
  ])("%s is for review, and the others are told", (_why, bad, why) => {
    const result = auditFleet([{ name: "good", document: good }, bad], { now });

    expect(result.open[0]).toMatchObject({
      kind: "review",
      rule: "incomplete-plan",
      severity: "critical",
      plans: ["bad"],
      isNew: true,
      what: expect.stringContaining(why),
    });
    expect(result.open).toContainEqual(expect.objectContaining({ rule: "escalating-privilege", plans: ["good"] }));
    expect(result.plans).toMatchObject([{ name: "good", fault: undefined }, { name: "bad" }]);
    expect(planSums(result, gate).map(({ verdict }) => verdict)).toEqual(["findings", "unread"]);
  });

  test("is an error where there is no other one", () => {
    expect(() => auditFleet([{ name: "bad", fault: "It is empty." }], { now })).toThrow("bad: It is empty.");
  });
});

test.each<readonly [string, readonly string[], string]>([
  ["a name twice", ["a", "a"], "Two plans are called a."],
  ["a name with a space", ["a b"], "cannot be the name of a plan"],
  ["an empty name", [""], "cannot be the name of a plan"],
  ["no plan", [], ""],
  ["too many", Array.from({ length: mostPlans + 1 }, (_, index) => `p${index}`), "one audit takes 100 at most"],
])("%s is refused", (_case, names, message) => {
  const fleet = names.map((name) => ({ name, document: planOf([user]) }));

  expect(() => auditFleet(fleet, { now })).toThrow(AuditError);
  expect(() => auditFleet(fleet, { now })).toThrow(message);
});

test("a hundred plans are audited, and those without a host are looked at together", () => {
  const plans = Array.from({ length: mostPlans }, (_, index) => [`p${index}`, at(undefined, holder("QUOTA_READ"))]);
  const result = fleetOf(Object.fromEntries(plans) as Readonly<Record<string, unknown>>);

  expect(result.clusters).toHaveLength(mostPlans);
  expect(result.open.filter(({ rule }) => rule === "unknown-cluster")).toEqual([]);
});

test("a plan and a state are not audited together", () => {
  const state = { format_version: "1.0", values: { root_module: {} } };

  expect(() => fleetOf({ p: planOf([user]), s: state })).toThrow("p is a plan, and s is a state");
});

test("several plans are compared with a seed, which stands for every cluster, and not with one plan", () => {
  const plans = { a: at(east, newHolder("QUOTA_READ")), b: at(constant("west"), newHolder("METRICS_READ")) };
  const document = planOf(holder("QUOTA_READ"));

  const { open } = fleetOf(plans, { reference: { name: "seed.json", document, kind: "template" } });
  expect(open.filter(({ rule }) => rule === "beyond-reference").map(({ plans }) => plans)).toEqual([["b"]]);
  expect(() => fleetOf(plans, { reference: { name: "plan.json", document } })).toThrow("several are audited");
});

describe("what was read of a cluster", () => {
  const facts = [
    {
      readAt: { host: "east.example.com", port: 8000, isDefault: true },
      users: [{ id: "1001", name: "svc" }],
      groups: [],
      roles: [{ name: "keepers", privileges: ["PRIVILEGE_ROLE_WRITE"] }],
      accessTokens: [],
    },
  ];

  test("is of the plans that lead there, and what was not read of the others is for review", () => {
    const plans = { a: at(east, [user, member]), b: at(constant("west"), [user]), c: at(undefined, [user]) };
    const { open } = fleetOf(plans, { facts });

    expect(open).toContainEqual(expect.objectContaining({ rule: "escalating-privilege", plans: ["a"] }));
    const unread = open.filter(({ what }) => what.endsWith("which was read."));
    expect(unread.map(({ plans }) => plans)).toEqual([["b"], ["c"]]);
  });
});
