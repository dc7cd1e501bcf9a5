import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";
import { audit, type AuditOptions } from "../../src/audit/audit.ts";
import type { GivenReference } from "../../src/audit/compare/reference.ts";
import type { Finding } from "../../src/audit/finding.ts";
import { change, holder, kept, planOf, token } from "../support/plans/plan-builder.ts";

type Values = Readonly<Record<string, unknown>>;

const now = new Date("2026-03-02T08:00:00Z");

function recorded(name: string): unknown {
  return JSON.parse(readFileSync(path.resolve(__dirname, "plans", name), "utf8"));
}

/** What goes beyond a reference, or cannot be compared with it. */
function beyond(
  document: unknown,
  reference: unknown,
  more: Partial<GivenReference> & Pick<AuditOptions, "facts"> = {},
): readonly Finding[] {
  const { facts, ...given } = more;
  const options = { now, facts, reference: { name: "reference.json", document: reference, ...given } };
  return audit(document, options).open.filter(({ rule }) => rule === "beyond-reference");
}

const svcToken = (values: Values = {}): Values => kept("qumulo_access_token.svc", { ...token, ...values });
const user = kept("qumulo_local_user.svc", { id: "1001", name: "svc" });
const tokenPlan = (values: Values): unknown => planOf([user, svcToken({ expires_in: null, ...values })]);

test.each(["opentofu-state.json", "terraform-state.json", "terraform-creation.json", "opentofu-creation.json"])(
  "nothing of %s goes beyond itself",
  (name) => {
    expect(beyond(recorded(name), recorded(name))).toEqual([]);
  },
);

test.each(["opentofu", "terraform"])(
  "a plan of %s goes beyond the state before it by what it gives, on the cluster where it does",
  (engine) => {
    const found = beyond(recorded(`${engine}-changes.json`), recorded(`${engine}-state.json`));

    expect(found).toContainEqual(
      expect.objectContaining({
        kind: "finding",
        severity: "critical",
        cluster: "qumulo",
        identity: "local:operator",
        what: "local:operator is an administrator, and is not one in reference.json.",
        got: "local:operator → Administrators",
      }),
    );
    expect(found).toContainEqual(
      expect.objectContaining({
        severity: "critical",
        what: "local:operators holds PRIVILEGE_ROLE_WRITE through the role operations, and does not in reference.json.",
      }),
    );
    expect(found.filter(({ identity }) => identity === "local:svc-backup")).toEqual([]);
    expect(found.every(({ isNew }) => isNew)).toBe(true);
  },
);

test("a privilege, a role and a member beyond the reference are findings, each also when it was there before the plan", () => {
  const reference = planOf(holder("QUOTA_READ"));
  const other = kept("qumulo_role.other", { name: "other", privileges: ["PRIVILEGE_QUOTA_READ"] });
  const member = kept("qumulo_role_member.other", { role_name: "other", auth_id: "1001" });

  expect(beyond(planOf(holder("QUOTA_READ", "METRICS_READ")), reference)).toMatchObject([
    {
      severity: "high",
      what: "local:svc holds PRIVILEGE_METRICS_READ through the role svc-role, and does not in reference.json.",
    },
  ]);
  expect(beyond(planOf(holder("QUOTA_READ", "DEBUG")), reference)).toMatchObject([{ severity: "critical" }]);
  expect(beyond(planOf([...holder("QUOTA_READ"), other, member]), reference)).toMatchObject([
    { what: "local:svc has the role other, and does not in reference.json." },
  ]);
  expect(beyond(reference, planOf(holder("QUOTA_READ", "DEBUG")))).toEqual([]);
});

test("what several members of a role go beyond is one finding with its members", () => {
  const other = (name: string, id: string, role: string): readonly Values[] => [
    kept(`qumulo_local_user.${name}`, { id, name }),
    kept(`qumulo_role_member.${name}`, { role_name: role, auth_id: id }),
  ];
  const second = other("second", "1002", "svc-role");
  const administrators = [...other("a", "1003", "Administrators"), ...other("b", "1004", "Administrators")];
  const alone = kept("qumulo_role.alone", { name: "alone", privileges: ["PRIVILEGE_METRICS_READ"] });
  const plan = [...holder("QUOTA_READ", "METRICS_READ"), ...second, ...administrators, alone];

  const found = beyond(planOf([...plan, ...other("third", "1005", "alone")]), planOf(holder("QUOTA_READ")));

  const told = found.map(({ what, members }) => [what, members.map(({ identity }) => identity)]);
  expect(told).toEqual([
    ["Several identities are administrators, and are not in reference.json.", ["local:a", "local:b"]],
    [expect.stringMatching(/^local:third holds PRIVILEGE_METRICS_READ through the role alone/), []],
    [expect.stringMatching(/^local:second holds PRIVILEGE_METRICS_READ, PRIVILEGE_QUOTA_READ through/), []],
    [expect.stringMatching(/^local:svc holds PRIVILEGE_METRICS_READ through/), []],
  ]);
  const all = beyond(planOf([...plan, ...other("third", "1005", "svc-role")]), planOf(holder("QUOTA_READ")));
  expect(all.map(({ members }) => members.map(({ identity }) => identity))).toContainEqual([
    "local:second",
    "local:third",
  ]);
});

test("what everybody has in the reference, and what an administrator has there, is beyond nothing", () => {
  const everyone = kept("qumulo_role_member.all", { role_name: "svc-role", name: "Everyone", domain: "WORLD" });
  const administrator = kept("qumulo_role_member.a", { role_name: "Administrators", auth_id: "1001" });
  const [, role] = holder("QUOTA_READ");

  expect(beyond(planOf(holder("QUOTA_READ")), planOf([role ?? {}, everyone]))).toEqual([]);
  expect(beyond(planOf(holder("QUOTA_READ", "DEBUG")), planOf([user, administrator]))).toEqual([]);
});

describe("an access token", () => {
  const end = "2026-06-01T00:00:00Z";
  const later = "2026-06-01T00:00:01Z";

  test.each<readonly [string, { readonly plan: Values; readonly reference: Values; readonly count: number }]>([
    [
      "that ends as late as the one of the reference",
      { plan: { expiration_time: end }, reference: { expiration_time: end }, count: 0 },
    ],
    ["that ends later", { plan: { expiration_time: later }, reference: { expiration_time: end }, count: 1 }],
    ["that never ends", { plan: {}, reference: { expiration_time: end }, count: 1 }],
    [
      "with an end, where the one of the reference has none",
      { plan: { expiration_time: later }, reference: {}, count: 0 },
    ],
    [
      "that is disabled in the reference",
      { plan: { expiration_time: end }, reference: { expiration_time: end, enabled: false }, count: 1 },
    ],
    ["that is disabled in the plan", { plan: { enabled: false }, reference: { expiration_time: end }, count: 0 }],
    [
      "that rotates and lives as long",
      {
        plan: { expires_in: "90d", expiration_time: later },
        reference: { expires_in: "90d", expiration_time: end },
        count: 0,
      },
    ],
    [
      "that rotates and lives longer",
      {
        plan: { expires_in: "91d", expiration_time: later },
        reference: { expires_in: "90d", expiration_time: end },
        count: 1,
      },
    ],
  ])("%s", (_case, { plan, reference, count }) => {
    const found = beyond(tokenPlan(plan), tokenPlan(reference));

    expect(found.map(({ kind, what }) => [kind, what])).toEqual(
      Array.from({ length: count }, () => [
        "finding",
        "qumulo_access_token.svc lets local:svc in for longer than reference.json does.",
      ]),
    );
  });

  test("whose end is decided during apply is for review, and one of somebody without any token is beyond", () => {
    const unknown = change("qumulo_access_token.svc", {
      after: { user: "local:svc", enabled: true },
      unknown: { expiration_time: true },
    });

    expect(beyond(planOf([user, unknown]), tokenPlan({ expiration_time: end }))).toMatchObject([
      { kind: "review", what: expect.stringContaining("ends later than in reference.json is not known") },
    ]);
    expect(beyond(tokenPlan({ expiration_time: end }), planOf([user]))).toMatchObject([
      { kind: "finding", allowed: "no access token" },
    ]);
  });
});

test("an account of the same name with another id is compared by its name, and told for review", () => {
  const [, ...rest] = holder("QUOTA_READ");
  const other = kept("qumulo_local_user.svc", { id: "1007", name: "svc" });
  const member = kept("qumulo_role_member.svc", { role_name: "svc-role", auth_id: "1007" });
  const [role] = rest;

  const found = beyond(planOf([other, role ?? {}, member]), planOf(holder("QUOTA_READ")));

  expect(found).toMatchObject([
    {
      kind: "review",
      got: "local:svc is auth_id 1007, and 1001 there",
      what: expect.stringContaining("compared by their names"),
    },
  ]);
  expect(beyond(planOf([other, role ?? {}, member]), planOf(holder("QUOTA_READ")), { kind: "template" })).toEqual([]);
});

test("a role whose privileges are not known is for review, unless every cluster has it", () => {
  const by = (role: string): unknown =>
    planOf([user, kept("qumulo_role_member.r", { role_name: role, auth_id: "1001" })]);

  expect(beyond(by("elsewhere"), by("elsewhere"))).toMatchObject([
    { kind: "review", what: expect.stringContaining("Whether the role elsewhere gives local:svc more") },
  ]);
  expect(beyond(by("Observers"), by("Observers"))).toEqual([]);
  expect(beyond(by("Observers"), planOf([user]))).toMatchObject([{ kind: "finding" }]);
});

test("each cluster is compared with its own, and what is compared with nothing is for review", () => {
  const on = (key: string): Values => {
    const resources = holder("QUOTA_READ").map((one) => ({
      mode: "managed",
      type: one["type"],
      name: one["name"],
      provider_config_key: key,
    }));
    const idle = {
      mode: "managed",
      type: "qumulo_local_group",
      name: "g",
      provider_config_key: key === "qumulo" ? "qumulo.west" : "qumulo",
    };
    const at = (host: string): Values => ({ name: "qumulo", expressions: { host: { constant_value: host } } });
    const provider_config = { qumulo: at("east.example.com"), "qumulo.west": at("west.example.com") };
    const group = kept("qumulo_local_group.g", { id: "2000", name: "g" });
    return planOf([...holder("QUOTA_READ"), group], {
      configuration: { provider_config, root_module: { resources: [...resources, idle] } },
    });
  };

  expect(beyond(on("qumulo"), on("qumulo"))).toEqual([]);
  expect(beyond(on("qumulo.west"), on("qumulo"))).toMatchObject([{ cluster: "qumulo.west", kind: "finding" }]);
  expect(beyond(on("qumulo"), planOf(holder("QUOTA_READ")))).toMatchObject([{ kind: "review" }, { kind: "review" }]);
  expect(beyond(on("qumulo"), planOf(holder("QUOTA_READ")), { kind: "template" })).toEqual([]);
});
