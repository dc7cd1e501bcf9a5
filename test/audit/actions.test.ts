import { describe, expect, test } from "@jest/globals";
import { type Audit, audit, type AuditOptions } from "../../src/audit/audit.ts";
import { redactDocument } from "../../src/audit/redact.ts";
import { reportFormats } from "../../src/audit/report/formats.ts";
import { rules } from "../../src/audit/rules/registry.ts";
import { holder, kept, planOf } from "../support/plans/plan-builder.ts";

type Fields = Readonly<Record<string, unknown>>;

const now = new Date("2026-03-02T08:00:00Z");
const all = rules.flatMap(({ id, needs }) => (needs.length > 0 ? [id] : []));

/** An action as Terraform 1.14 prints it. */
function action(type: string, more: Fields = {}): Fields {
  return {
    address: `action.${type}.x`,
    type,
    name: "x",
    config_values: { user: "local:svc" },
    config_sensitive: {},
    config_unknown: {},
    provider_name: "registry.terraform.io/cdktf-qumulo/qumulo",
    ...more,
  };
}

function auditOf(more: Fields, options: Partial<AuditOptions> = {}): Audit {
  return audit(planOf([...holder("METRICS_READ")], more), { now, ...options });
}

describe("an action of a plan", () => {
  test.each([
    ["qumulo_revoke_access_tokens", "deletes the access tokens of a user"],
    ["qumulo_disable_access_token", "disables an access token"],
    ["qumulo_end_overlap", "ends the overlap of a rotation"],
  ])("%s is told by what it does, and to whom", (type, deed) => {
    const { open } = auditOf({ action_invocations: [action(type, { invoke_action_trigger: {} })] });

    expect(open.map(({ rule, kind, got }) => [rule, kind, got])).toEqual([
      ["planned-action", "finding", `${type}, user = "local:svc"`],
    ]);
    expect(open[0]?.what).toContain(`action.${type}.x ${deed}`);
    expect(open[0]?.what).toContain("It runs by itself.");
  });

  test.each(["after_create", "AfterCreate"])("says what starts it: %s", (action_trigger_event) => {
    const trigger = { triggering_resource_address: "qumulo_role.svc", action_trigger_event };

    const { open } = auditOf({
      action_invocations: [action("qumulo_end_overlap", { lifecycle_action_trigger: trigger })],
    });

    expect(open[0]?.what).toContain("It runs after create of qumulo_role.svc.");
  });

  test.each([
    ["of a type that the audit does not know", action("qumulo_future")],
    ["of our provider under another name", action("grant_all")],
  ])("%s leaves all rules undecided", (_what, invocation) => {
    const { open } = auditOf({ action_invocations: [invocation] });

    expect(open.map(({ kind, severity, undecided }) => [kind, severity, undecided])).toEqual([
      ["review", "critical", all.filter((id) => !["forbidden-privilege", "name-not-allowed"].includes(id))],
    ]);
  });

  test("whose arguments are decided during apply is to be reviewed", () => {
    const more = { config_values: {}, config_unknown: { user: true } };

    const { open } = auditOf({ action_invocations: [action("qumulo_revoke_access_tokens", more)] });

    expect(open.map(({ kind, got }) => [kind, got])).toEqual([
      ["review", "qumulo_revoke_access_tokens, user is decided during apply"],
    ]);
  });

  test("shows the ids that it is about", () => {
    const more = { config_values: { ids: ["1", "2"], user: null } };

    const { open } = auditOf({ action_invocations: [action("qumulo_revoke_access_tokens", more)] });

    expect(open.map(({ kind, got }) => [kind, got])).toEqual([
      ["finding", `qumulo_revoke_access_tokens, ids = ["1","2"]`],
    ]);
  });

  test("whose other arguments are decided during apply is a finding all the same", () => {
    const more = { config_values: { previous_id: "1" }, config_unknown: { successor_id: true } };

    const { open } = auditOf({ action_invocations: [action("qumulo_end_overlap", more)] });

    expect(open.map(({ kind }) => kind)).toEqual(["finding"]);
  });

  test("of another provider is not ours to judge", () => {
    const other = action("other_restart", { provider_name: "registry.terraform.io/example/other" });

    expect(auditOf({ action_invocations: [other] }).open).toEqual([]);
  });

  test("that the engine has put off makes the plan incomplete, and is to be reviewed", () => {
    const deferred = { reason: "resource_config_unknown", action_invocation: action("qumulo_end_overlap") };

    const { open } = auditOf({ deferred_action_invocations: [deferred] });

    expect(open.map(({ rule, kind, address }) => [rule, kind, address])).toEqual([
      ["incomplete-plan", "finding", undefined],
      ["incomplete-plan", "review", "action.qumulo_end_overlap.x"],
    ]);
  });

  test("stands in every form of the report, and its secrets in none", async () => {
    const secret = { config_values: { user: "Canary-Secret-1" }, config_sensitive: { user: true } };
    const document = planOf([], { action_invocations: [action("qumulo_end_overlap", secret)] });
    const result = audit(document, { now });

    for (const { load } of Object.values(reportFormats)) {
      const report = (await load())(result, { failOn: "high", now });
      expect(report).toContain("action.qumulo_end_overlap.x");
      expect(report).not.toContain("Canary-Secret");
    }
    expect(JSON.stringify(redactDocument(document))).not.toContain("Canary-Secret");
  });
});

test("a change of ours that the engine has put off is to be reviewed, each with the reason", () => {
  const change = (type: string): Fields => ({ address: `${type}.x`, mode: "managed", type, change: {} });
  const deferred_changes = ["qumulo_role_member", "other_thing"].map((type) => ({
    reason: "instance_count_unknown",
    resource_change: change(type),
  }));

  const reviews = auditOf({ deferred_changes }).open.filter(({ kind }) => kind === "review");

  expect(reviews.map(({ address, got, severity }) => [address, got, severity])).toEqual([
    ["qumulo_role_member.x", "instance_count_unknown", "critical"],
  ]);
});

describe("an ephemeral resource", () => {
  const opened = (type: string, expressions: Fields, options: Partial<AuditOptions> = {}): Audit => {
    const resources = [{ mode: "ephemeral", type, name: "run", expressions }];
    return auditOf({ configuration: { root_module: { resources } } }, options);
  };
  const found = ({ open }: Audit): readonly unknown[] =>
    open.map(({ rule, kind, severity, identity }) => [rule, kind, severity, identity]);

  test.each([
    [{ constant_value: "local:svc" }, "low", "local:svc"],
    [{ references: ["qumulo_local_user.svc.name", "qumulo_local_user.svc"] }, "low", "local:svc"],
    [{ constant_value: "auth_id:500" }, "critical", "auth_id:500"],
  ] as const)("makes a token for the user of %j", (user, severity, identity) => {
    expect(found(opened("qumulo_access_token", { user }))).toEqual([
      ["ephemeral-access", "finding", severity, identity],
    ]);
  });

  test("makes a token for a user who becomes an administrator", () => {
    const resources = [
      { mode: "ephemeral", type: "qumulo_access_token", name: "run", expressions: { user: { constant_value: "svc" } } },
    ];
    const member = kept("qumulo_role_member.admin", { role_name: "Administrators", auth_id: "1001" });
    const named = { user: { constant_value: "local:svc" } };

    const { open } = audit(
      planOf([...holder(), member], {
        configuration: {
          root_module: { resources: resources.map((resource) => ({ ...resource, expressions: named })) },
        },
      }),
      { now },
    );

    expect(open.filter(({ rule }) => rule === "ephemeral-access").map(({ severity }) => severity)).toEqual([
      "critical",
    ]);
  });

  test("makes a token for whom the plan does not tell, which is to be reviewed", () => {
    expect(found(opened("qumulo_access_token", { user: { references: ["other_thing.x.name"] } }))).toEqual([
      ["ephemeral-access", "review", "critical", undefined],
    ]);
  });

  test("is held to the policy's maximum lifetime", () => {
    const expressions = { user: { constant_value: "local:svc" }, expires_in: { constant_value: "24h" } };
    const severities = (maximum_lifetime: string): readonly string[] =>
      opened("qumulo_access_token", expressions, { policy: { maximum_lifetime } }).open.map(({ severity }) => severity);

    expect(severities("24h")).toEqual(["low"]);
    expect(severities("23h")).toEqual(["high"]);
  });

  test("opens a session, or what the audit does not know", () => {
    expect(found(opened("qumulo_session", {}))).toEqual([["ephemeral-access", "finding", "low", undefined]]);
    expect(found(opened("qumulo_future", {}))).toEqual([["ephemeral-access", "review", "critical", undefined]]);
  });
});
