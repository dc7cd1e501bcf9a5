import { describe, expect, test } from "@jest/globals";
import { type Audit, audit, type AuditOptions } from "../../src/audit/audit.ts";
import type { Severity } from "../../src/audit/gate/severity.ts";
import { verdictOf } from "../../src/audit/gate/verdict.ts";
import { parsePolicy, type Policy } from "../../src/audit/gate/policy.ts";
import { change, holder, kept, planOf, token } from "../support/plans/plan-builder.ts";

type Fields = Readonly<Record<string, unknown>>;

const now = new Date("2026-03-02T08:00:00Z");
const newToken = (after: Fields, unknown: Fields = {}): Fields =>
  change("qumulo_access_token.svc", {
    after: { user: "local:svc", enabled: true, overlap: "24h", ...after },
    unknown: { id: true, creation_time: true, identity: true, ...unknown },
  });
const rotated = (after: Fields, unknown: Fields): Fields =>
  change("qumulo_access_token.svc", { actions: ["update"], before: token, after: { ...token, ...after }, unknown });

function auditOf(changes: readonly Fields[], options: Partial<AuditOptions> = {}, more: Fields = {}): Audit {
  return audit(planOf(changes, more), { now, ...options });
}

function found({ open }: Audit): readonly string[] {
  return open.filter(({ kind }) => kind === "finding").map(({ rule }) => rule);
}

function undecided({ open }: Audit): readonly string[] {
  return open.flatMap(({ undecided: ids }) => ids);
}

describe("a new access token with a fixed end", () => {
  const policy: Policy = { maximum_lifetime: "90d" };
  const ending = (expiration_time: string): Audit =>
    auditOf([newToken({ expiration_time, expires_in: null })], { policy }, { timestamp: "2030-01-01T00:00:00Z" });

  test.each([
    ["2099-01-01T00:00:00Z", ["token-lives-too-long"]],
    ["2030-04-01T00:00:00.001Z", ["token-lives-too-long"]],
    ["2030-04-01T00:00:00Z", []],
  ])("counts from the time of the plan: until %s", (end, rules) => {
    expect(found(ending(end))).toEqual(rules);
    expect(undecided(ending(end))).toEqual([]);
  });

  test("counts from now where the plan does not tell its time", () => {
    const until = (expiration_time: string): Audit => auditOf([newToken({ expiration_time })], { policy });

    expect(found(until("2026-05-31T08:00:00Z"))).toEqual([]);
    expect(found(until("2026-05-31T08:00:01Z"))).toEqual(["token-lives-too-long"]);
  });
});

test.each([
  ["expires_in", { expires_in: true, expiration_time: true }, ["token-lives-too-long", "token-never-expires"]],
  ["expiration_time", { expiration_time: true }, ["token-lives-too-long", "token-never-expires"]],
])(
  "a new access token whose %s is decided during apply is one review, which names both rules",
  (_what, unknown, ids) => {
    const result = auditOf([newToken({}, unknown)]);

    expect(found(result)).toEqual([]);
    expect(result.open.map(({ kind, undecided: open }) => [kind, open])).toEqual([["review", ids]]);
  },
);

test("an access token that ends, of which nobody tells when it was created, is to be reviewed for its life alone", () => {
  const values = { ...token, expires_in: null, expiration_time: "2026-05-01T00:00:00Z", creation_time: null };

  const { open } = auditOf([kept("qumulo_access_token.svc", values)]);

  expect(open.map(({ got, undecided: ids }) => [got, ids])).toEqual([["no creation_time", ["token-lives-too-long"]]]);
});

describe("of what is for somebody unknown, all else is judged", () => {
  test("an access token", () => {
    const result = auditOf([newToken({ user: undefined, expires_in: null, expiration_time: null }, { user: true })]);

    expect(found(result)).toEqual(["token-never-expires"]);
    expect(undecided(result)).toContain("administrator-with-token");
    expect(result.changes.map(({ identity }) => identity)).toEqual(["whoever qumulo_access_token.svc names"]);
  });

  test.each([
    ["qumulo_role_member.a", {}, { auth_id: true }],
    ["qumulo_role_members.one", { members: ["local:svc", null] }, { members: [false, true] }],
    ["qumulo_role_members.all", {}, { members: true }],
  ])("a member of Administrators, by %s", (address, after, unknown) => {
    const result = auditOf([change(address, { after: { role_name: "Administrators", ...after }, unknown })]);

    const administrators = result.open.filter(({ rule }) => rule === "new-administrator");
    expect(administrators.map(({ identity }) => identity)).toContain(`whoever ${address} names`);
    expect(undecided(result)).toContain("everyone-in-role");
  });

  test("a member of a group with a role", () => {
    const result = auditOf([
      kept("qumulo_local_group.ops", { id: "9001", name: "ops" }),
      kept("qumulo_role_member.ops", { role_name: "Administrators", auth_id: "9001" }),
      change("qumulo_local_group_member.a", { after: { group_id: "9001" }, unknown: { member_id: true } }),
    ]);

    expect(found(result)).toContain("new-administrator");
    expect(undecided(result)).toContain("administrator-with-token");
  });
});

test("a role whose privileges are decided during apply is one review at the role, however many have it", () => {
  const [user = {}, , member = {}] = holder();
  const role = change("qumulo_role.svc", { after: { name: "svc-role" }, unknown: { privileges: true } });
  const other = kept("qumulo_role_member.other", { role_name: "svc-role", auth_id: "1002" });

  const reviews = auditOf([user, role, member, other]).open.filter(({ kind }) => kind === "review");

  expect(reviews.map(({ address }) => address)).toEqual(["qumulo_role.svc"]);
  expect(reviews[0]?.undecided).toContain("escalating-privilege");
});

test("which role is given is not known, and no role is told to have no member", () => {
  const [user = {}, role = {}] = holder("METRICS_READ");
  const member = change("qumulo_role_member.svc", { after: { auth_id: "1001" }, unknown: { role_name: true } });

  const result = auditOf([user, role, member]);

  expect(found(result)).toEqual([]);
  expect(undecided(result)).toContain("role-without-members");
});

test("a new user is in the group Users unless the configuration says otherwise, and unknown where it does", () => {
  const user = change("qumulo_local_user.svc", { after: { name: "svc" }, unknown: { id: true, primary_group: true } });
  const member = kept("qumulo_role_member.users", { role_name: "Administrators", auth_id: "513" });
  const configured = (expressions: Fields): Fields => ({
    configuration: {
      root_module: { resources: [{ mode: "managed", type: "qumulo_local_user", name: "svc", expressions }] },
    },
  });

  const usual = auditOf([user, member], {}, configured({ name: { constant_value: "svc" } }));
  const chosen = auditOf([user, member], {}, configured({ primary_group: { references: ["var.group"] } }));

  expect(usual.open.map(({ rule, identity }) => [rule, identity])).toContainEqual(["new-administrator", "local:svc"]);
  expect(found(chosen)).not.toContain("new-administrator");
  expect(undecided(chosen)).toContain("new-administrator");
});

describe("a rotation", () => {
  const [certain, maybe] = [{ id: true }, { id: true, expired: true }];

  test("that is certain is told, and one that only may happen is told as that", () => {
    const eventsOf = (unknown: Fields): readonly string[] =>
      auditOf([rotated({}, unknown)]).changes.flatMap(({ tokens }) => tokens.map(({ event }) => event));

    expect(eventsOf(certain)).toEqual(["rotated"]);
    expect(eventsOf(maybe)).toEqual(["maybe-rotated"]);
  });

  test("without an overlap is a finding where it is certain, and to be reviewed where it may happen", () => {
    const kindsOf = (unknown: Fields): readonly unknown[] =>
      auditOf([rotated({ overlap: "0s" }, unknown)]).open.map(({ rule, kind }) => [rule, kind]);

    expect(kindsOf(certain)).toEqual([["rotation-without-overlap", "finding"]]);
    expect(kindsOf(maybe)).toEqual([["rotation-without-overlap", "review"]]);
  });

  test("whose overlap is decided during apply is to be reviewed", () => {
    const result = auditOf([rotated({}, { ...certain, overlap: true })]);

    expect(undecided(result)).toEqual(["rotation-without-overlap"]);
  });
});

test("whether a disabled access token works again is decided during apply, and nobody is told that it does", () => {
  const disabled = { ...token, enabled: false };
  const plan = change("qumulo_access_token.svc", {
    ...{ actions: ["update"], before: disabled, after: disabled },
    unknown: { enabled: true },
  });

  const result = auditOf([plan]);

  expect(found(result)).toEqual([]);
  expect(undecided(result)).toEqual(["token-enabled-again", "two-live-tokens"]);
});

describe("whether a provider verifies its cluster", () => {
  const insecure = (expression: Fields, variables: Fields = {}): Audit =>
    auditOf(
      [],
      {},
      {
        variables,
        configuration: { provider_config: { qumulo: { name: "qumulo", expressions: { insecure: expression } } } },
      },
    );

  test.each([
    ["a variable that is false", { references: ["var.x"] }, { x: { value: false } }],
    ["a variable that is null", { references: ["var.x"] }, { x: {} }],
    ["a text that is false", { constant_value: "false" }, {}],
  ])("is told by %s", (_how, expression, variables) => {
    expect(insecure(expression, variables).open).toEqual([]);
  });

  test("is told by a variable that is true", () => {
    expect(found(insecure({ references: ["var.x"] }, { x: { value: true } }))).toEqual(["insecure-provider"]);
  });

  test.each([
    ["a variable that is not told", { references: ["var.x"] }, {}],
    ["a text that is neither", { references: ["var.x"] }, { x: { value: "lab" } }],
    ["a resource", { references: ["other_thing.x"] }, {}],
    ["two variables", { references: ["var.x", "var.y"] }, { x: { value: false }, y: { value: false } }],
  ])("is not told by %s", (_how, expression, variables) => {
    const result = insecure(expression, variables);

    expect(found(result)).toEqual([]);
    expect(undecided(result)).toEqual(["insecure-provider"]);
  });
});

test("the policy's principal is asked of each cluster: one that does not tell is to be reviewed", () => {
  const provider = { name: "qumulo", full_name: "registry.opentofu.org/cdktf-qumulo/qumulo" };
  const me = { ...change("data.qumulo_who_am_i", { actions: ["read"], after: { name: "deployer" } }), mode: "data" };
  const configuration = {
    provider_config: { qumulo: provider, "qumulo.second": provider },
    root_module: {
      resources: [{ mode: "data", type: "qumulo_who_am_i", name: "me", provider_config_key: "qumulo" }],
    },
  };
  const data = { ...me, address: "data.qumulo_who_am_i.me", type: "qumulo_who_am_i", name: "me" };

  const { open } = auditOf([data], { policy: { principal: "deployer" } }, { configuration });

  expect(open.map(({ rule, kind, address }) => [rule, kind, address])).toEqual([
    ["other-principal", "review", "provider.qumulo.second"],
  ]);
});

describe("a data source that is read during apply", () => {
  const data = (type: string, after: Fields, unknown: Fields): Fields => ({
    ...change(`${type}.x`, { actions: ["read"], after, unknown }),
    mode: "data",
    address: `data.${type}.x`,
  });
  const role = { privileges: true, members: true };

  test.each([
    ["a role", data("qumulo_role", { name: "ops" }, role), "escalating-privilege"],
    ["all roles", data("qumulo_roles", {}, { roles: true }), "escalating-privilege"],
    ["access tokens", data("qumulo_access_tokens", {}, { access_tokens: true }), "two-live-tokens"],
  ])("and tells of %s leaves rules undecided", (_of, read, rule) => {
    expect(undecided(auditOf([read]))).toContain(rule);
  });

  test("tells nothing new of a role that the plan manages", () => {
    const later = data("qumulo_role", { name: "SVC-role" }, role);

    expect(auditOf([...holder("METRICS_READ"), later]).open).toEqual([]);
  });
});

describe("how grave a review is", () => {
  const unknownEnd = newToken({}, { expires_in: true, expiration_time: true });
  const unknownMember = change("qumulo_role_member.a", { after: { role_name: "r" }, unknown: { auth_id: true } });
  const severitiesOf = (changes: readonly Fields[], policy: Policy): readonly string[] =>
    auditOf(changes, { policy })
      .open.filter(({ kind }) => kind === "review")
      .map(({ severity }) => severity);

  test("is what the gravest rule that cannot tell is", () => {
    expect(severitiesOf([unknownEnd], {})).toEqual(["medium"]);
    expect(severitiesOf([unknownEnd], { maximum_lifetime: "90d" })).toEqual(["high"]);
    expect(severitiesOf([unknownMember], {})).toContain("critical");
  });

  test("is what the policy says", () => {
    const policy = parsePolicy(Buffer.from('{"version":1,"review_severity":"low"}'));

    expect(new Set(severitiesOf([unknownEnd, unknownMember], policy))).toEqual(new Set(["low"]));
    expect(() => parsePolicy(Buffer.from('{"version":1,"review_severity":"grave"}'))).toThrow(/review_severity/);
  });
});

describe("an audit", () => {
  const review = newToken({}, { expires_in: true, expiration_time: true });
  const wrong = newToken({ expires_in: null, expiration_time: null });
  const verdict = (
    changes: readonly Fields[],
    failOn: Severity = "critical",
    options: Partial<AuditOptions> = {},
  ): string => verdictOf(auditOf(changes, options), { failOn });

  test("is not clean while something is to be reviewed, however mild that is", () => {
    expect(verdict([review])).toBe("review");
    expect(verdict([review], "low")).toBe("review");
    expect(verdict([wrong], "low")).toBe("findings");
    expect(verdict([])).toBe("clean");
  });

  test("is clean once a baseline accepts the review, and accepting a finding accepts no review of the same place", () => {
    const { open } = auditOf([review]);
    const accepted = { fingerprint: open[0]?.fingerprint ?? "", reason: "known", until: "2999-01-01" };
    const [overlap] = auditOf([rotated({ overlap: "0s" }, { id: true })]).open;
    const elsewhere = { fingerprint: overlap?.fingerprint ?? "", reason: "known", until: "2999-01-01" };

    expect(verdict([review], "critical", { baseline: [accepted] })).toBe("clean");
    expect(verdict([rotated({}, { id: true, overlap: true })], "critical", { baseline: [elsewhere] })).toBe("review");
  });
});
