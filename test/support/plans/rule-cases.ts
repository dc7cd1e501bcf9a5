import type { Policy } from "../../../src/audit/gate/policy.ts";
import { change, holder, kept, planOf, token } from "./plan-builder.ts";

type Plan = Readonly<Record<string, unknown>>;
/** A plan with what a rule looks for, one without, and the policy of both. */
export type RuleCase = readonly [bad: Plan, good: Plan, policy?: Policy];

const svcToken = (values: Plan = {}): Plan => kept("qumulo_access_token.svc", { ...token, ...values });
const updated = (before: Plan, after: Plan, unknown: Plan = {}): Plan =>
  change("qumulo_access_token.svc", {
    actions: ["update"],
    before: { ...token, ...before },
    after: { ...token, ...after },
    unknown,
  });
const risk = (bad: string, good = "METRICS_READ"): readonly [Plan, Plan] => [planOf(holder(bad)), planOf(holder(good))];
const administrator = kept("qumulo_role_member.admin", { role_name: "Administrators", auth_id: "1001" });
/** What a data source tells of a member whom the plan does not manage. */
const toldAdministrators = {
  ...change("qumulo_role.all", {
    actions: ["read"],
    after: { name: "Administrators", privileges: [], members: [{ auth_id: "1001", domain: "LOCAL", name: "svc" }] },
  }),
  address: "data.qumulo_role.all",
  mode: "data",
};
const withProvider = (expressions: Plan): Plan =>
  planOf([], { configuration: { provider_config: { qumulo: { name: "qumulo", expressions } }, root_module: {} } });
const whoAmI = (name: string): Plan => ({
  prior_state: {
    values: {
      root_module: {
        resources: [{ address: "data.qumulo_who_am_i.me", mode: "data", type: "qumulo_who_am_i", values: { name } }],
      },
    },
  },
});
/** An administrator behind one alias, with a token behind another one: `tells` says whether the plan tells where both lead. */
const twoAliases = (tells: boolean): Plan => {
  const host = (name: string): Plan => ({ name: "qumulo", expressions: { host: { constant_value: name } } });
  const computed = { name: "qumulo", expressions: { host: { references: ["local.host"] } } };
  const resource = (type: string, name: string, provider_config_key: string): Plan => ({
    mode: "managed",
    type,
    name,
    provider_config_key,
  });
  const resources = [
    resource("qumulo_access_token", "svc", "qumulo.a"),
    resource("qumulo_role_member", "admin", "qumulo.b"),
  ];
  const local = { role_name: "Administrators", domain: "LOCAL", name: "svc" };
  return planOf([svcToken(), kept("qumulo_role_member.admin", local)], {
    configuration: {
      provider_config: { "qumulo.a": host("a"), "qumulo.b": tells ? host("b") : computed },
      root_module: { resources },
    },
  });
};
const member = (actions: readonly string[]): Plan =>
  change("qumulo_role_member.svc", { actions, before: { role_name: "svc-role", auth_id: "1001" } });

const opened = (user: string): Plan => ({
  root_module: {
    resources: [
      { mode: "ephemeral", type: "qumulo_access_token", name: "run", expressions: { user: { constant_value: user } } },
    ],
  },
});
const action = (type: string): Plan => ({
  address: `action.${type}.x`,
  type,
  name: "x",
  config_values: { user: "local:svc" },
  config_unknown: {},
  provider_name: "registry.terraform.io/cdktf-qumulo/qumulo",
  lifecycle_action_trigger: { triggering_resource_address: "qumulo_role.svc", action_trigger_event: "after_create" },
});

/** For each rule a plan with what it looks for, one without, and the policy of both. */
export const ruleCases: Readonly<Record<string, RuleCase>> = {
  "escalating-privilege": risk("ROLE_WRITE"),
  "file-permission-bypass": risk("FILE_FULL_ACCESS"),
  "secret-reading-privilege": risk("KERBEROS_KEYTAB_READ"),
  "protection-weakening-privilege": risk("AUDIT_WRITE"),
  "service-interrupting-privilege": risk("QUOTA_WRITE"),
  "internal-privilege": risk("AUTH_CACHE_READ"),
  "escalation-by-combination": [
    planOf([
      ...holder("LOCAL_USER_WRITE"),
      kept("qumulo_role_member.boss", { role_name: "Administrators", auth_id: "500", domain: "LOCAL", name: "admin" }),
    ]),
    planOf(holder("LOCAL_USER_WRITE")),
  ],
  "administrator-with-token": [planOf([administrator, ...holder(), svcToken()]), planOf([...holder(), svcToken()])],
  "everyone-in-role": [
    planOf([kept("qumulo_role_members.all", { role_name: "r", members: ["world:everyone"] })]),
    planOf([kept("qumulo_role_members.all", { role_name: "r", members: ["ad:staff"] })]),
  ],
  "built-in-role-member": [
    planOf([kept("qumulo_role_member.svc", { role_name: "observers", auth_id: "1001" })]),
    planOf(holder("METRICS_READ")),
  ],
  "token-never-expires": [planOf([svcToken({ expires_in: null })]), planOf([svcToken()])],
  "token-lives-too-long": [planOf([svcToken({ expires_in: "366d" })]), planOf([svcToken({ expires_in: "365d" })])],
  "two-live-tokens": [
    planOf([svcToken(), kept("qumulo_access_token.other", { ...token, user: "LOCAL:SVC" })]),
    planOf([svcToken(), kept("qumulo_access_token.other", { ...token, user: "local:other" })]),
  ],
  "role-without-members": [
    planOf([kept("qumulo_role.empty", { name: "empty", privileges: [] })]),
    planOf(holder("METRICS_READ")),
  ],
  "unknown-access": [
    planOf([change("qumulo_role_member.svc", { after: { role_name: "r" }, unknown: { auth_id: true } })]),
    planOf(holder("METRICS_READ")),
  ],
  "forbidden-privilege": [...risk("QUOTA_READ"), { forbidden_privileges: ["PRIVILEGE_QUOTA_READ"] }],
  "undeclared-administrator": [planOf([...holder("METRICS_READ"), toldAdministrators]), planOf([administrator])],
  "new-administrator": [
    planOf([change("qumulo_role_member.admin", { after: { role_name: "administrators", auth_id: "1001" } })]),
    planOf([administrator]),
  ],
  "unused-privilege": [
    planOf([...holder("METRICS_READ").slice(0, 2), member(["delete"])]),
    planOf(holder("METRICS_READ")),
  ],
  "token-gap": [
    planOf([change("qumulo_access_token.svc", { actions: ["delete", "create"], before: token, after: token })]),
    planOf([change("qumulo_access_token.svc", { actions: ["create", "delete"], before: token, after: token })]),
  ],
  "rotation-without-overlap": [
    planOf([updated({}, { overlap: "0s" }, { id: true })]),
    planOf([updated({}, { overlap: "1s" }, { id: true })]),
  ],
  "forgotten-access": [
    planOf([change("qumulo_access_token.svc", { actions: ["forget"], before: token })]),
    planOf([change("qumulo_access_token.svc", { actions: ["delete"], before: token })]),
  ],
  "token-outlives-identity": [
    planOf([change("qumulo_local_user.svc", { actions: ["delete"], before: { id: "1001", name: "svc" } }), svcToken()]),
    planOf([
      change("qumulo_local_user.svc", { actions: ["delete"], before: { id: "1001", name: "svc" } }),
      change("qumulo_access_token.svc", { actions: ["delete"], before: token }),
    ]),
  ],
  "token-enabled-again": [planOf([updated({ enabled: false }, {})]), planOf([updated({}, { enabled: false })])],
  "clear-secret": [
    withProvider({ password: { constant_value: "canary" } }),
    withProvider({ password: { references: ["var.password"] } }),
  ],
  "insecure-provider": [
    withProvider({ insecure: { constant_value: true } }),
    withProvider({ insecure: { constant_value: false } }),
  ],
  drift: [
    planOf([], { resource_drift: [{ ...updated({ enabled: false }, {}) }] }),
    planOf([], { resource_drift: [{ ...svcToken() }] }),
  ],
  "ephemeral-access": [planOf([], { configuration: opened("local:svc") }), planOf([svcToken()])],
  "planned-action": [
    planOf([], { action_invocations: [action("qumulo_revoke_access_tokens")] }),
    planOf([], {
      action_invocations: [{ ...action("other_restart"), provider_name: "registry.terraform.io/example/other" }],
    }),
  ],
  "incomplete-plan": [planOf([], { errored: true }), planOf([], { errored: false, complete: true })],
  "deposed-object": [
    planOf([change("qumulo_access_token.svc", { actions: ["delete"], before: token, more: { deposed: "12ab" } })]),
    planOf([change("qumulo_access_token.svc", { actions: ["delete"], before: token })]),
  ],
  "other-principal": [planOf([], whoAmI("admin")), planOf([], whoAmI("deployer")), { principal: "local:Deployer" }],
  "name-not-allowed": [
    planOf(holder()),
    planOf([kept("qumulo_local_user.x", { name: "app-x" })]),
    { names: { users: "app-.+" } },
  ],
  "unknown-cluster": [twoAliases(false), twoAliases(true)],
  "unknown-type": [planOf([change("qumulo_future.x", { after: {} })]), planOf([kept("qumulo_future.x", {})])],
};
