import { describe, expect, test } from "@jest/globals";
import { type Audit, audit } from "../../src/audit/audit.ts";
import { parseBaseline } from "../../src/audit/gate/baseline.ts";
import { parsePolicy } from "../../src/audit/gate/policy.ts";
import { renderTextReport } from "../../src/audit/report/text-report.ts";
import { change, kept, planOf } from "../support/plans/plan-builder.ts";

const now = new Date("2026-03-02T08:00:00Z");
const provider = { name: "qumulo", full_name: "registry.opentofu.org/cdktf-qumulo/qumulo" };
/** The user is made, so that its id is not known yet; whoever becomes a member is decided by a reference to it. */
const user = change("qumulo_local_user.svc", { after: { name: "svc" }, unknown: { id: true } });
const userReferences = { references: ["qumulo_local_user.svc.id", "qumulo_local_user.svc"] };

/** As engines print it: a name such as `__proto__` in source code would be something else. */
function printed(plan: unknown): unknown {
  return JSON.parse(JSON.stringify(plan));
}

function named<T>(name: string, value: T): Readonly<Record<string, T>> {
  return Object.fromEntries([[name, value]]);
}

function member(address: string, place: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return change(address, {
    after: { role_name: "Administrators" },
    unknown: { auth_id: true },
    more: { type: "qumulo_role_member", name: "admin", ...place },
  });
}

function configuredMember(references: readonly string[]): Readonly<Record<string, unknown>> {
  const expressions = { auth_id: { references }, role_name: { constant_value: "Administrators" } };
  return { mode: "managed", type: "qumulo_role_member", name: "admin", provider_config_key: "qumulo", expressions };
}

const configuredUser = { mode: "managed", type: "qumulo_local_user", name: "svc", provider_config_key: "qumulo" };

function administratorsIn(result: Audit): readonly string[] {
  return result.open.flatMap(({ rule, severity, identity }) =>
    rule === "new-administrator" && severity === "critical" && identity !== undefined ? [identity] : [],
  );
}

function audited(plan: unknown): Audit {
  return audit(printed(plan), { now });
}

describe("whoever becomes a member by an expression", () => {
  const made = ["qumulo_local_user.svc.id", "qumulo_local_user.svc"];
  const other = kept("qumulo_local_user.other", { id: "1002", name: "other" });

  test.each([
    ["of the account that is made", made, "local:svc"],
    ["of that and a count", [...made, "count.index"], "local:svc"],
    ["of that and an account that is known", [...made, "qumulo_local_user.other.id"], "local:svc"],
    ["of that and a data source", [...made, "data.http.who.body", "data.http.who"], undefined],
    ["of that and a local value", [...made, "local.who"], undefined],
    ["of that and another resource", [...made, "terraform_data.who.output", "terraform_data.who"], undefined],
    ["of that and an access token", [...made, "qumulo_access_token.t.identity"], undefined],
  ])("%s is named only where it can be nobody else", (_what, references, identity) => {
    const token = change("qumulo_access_token.t", { after: { user: "local:svc" }, unknown: { identity: true } });
    const root_module = { resources: [configuredUser, configuredMember(references)] };

    const result = audited(
      planOf([user, other, token, member("qumulo_role_member.admin")], {
        configuration: { provider_config: { qumulo: provider }, root_module },
      }),
    );

    expect(administratorsIn(result)).toEqual([identity ?? "whoever qumulo_role_member.admin names"]);
  });
});

describe.each(["constructor", "prototype", "__proto__", "toString"])("the name %s hides nothing", (name) => {
  test("of a module that makes an administrator", () => {
    const call = {
      expressions: { user: userReferences },
      module: { resources: [configuredMember(["var.user"])] },
    };
    const root_module = { resources: [configuredUser], module_calls: named(name, call) };

    const result = audited(
      planOf([user, member(`module.${name}.qumulo_role_member.admin`)], {
        configuration: { provider_config: { qumulo: provider }, root_module },
      }),
    );

    expect(administratorsIn(result)).toEqual(["local:svc"]);
  });

  test("of a variable that an administrator comes from", () => {
    const call = {
      expressions: named(name, userReferences),
      module: { resources: [configuredMember([`var.${name}`])] },
    };
    const root_module = { resources: [configuredUser], module_calls: { account: call } };

    const result = audited(
      planOf([user, member("module.account.qumulo_role_member.admin")], {
        configuration: { provider_config: { qumulo: provider }, root_module },
      }),
    );

    expect(administratorsIn(result)).toEqual(["local:svc"]);
  });

  test("of an output that an administrator comes from", () => {
    const call = { module: { resources: [configuredUser], outputs: named(name, { expression: userReferences }) } };
    const root_module = {
      resources: [configuredMember([`module.account.${name}`, "module.account"])],
      module_calls: { account: call },
    };
    const inner = { ...user, address: "module.account.qumulo_local_user.svc" };

    const result = audited(
      planOf([inner, member("qumulo_role_member.admin")], {
        configuration: { provider_config: { qumulo: provider }, root_module },
      }),
    );

    expect(administratorsIn(result)).toEqual(["local:svc"]);
  });

  test("of an instance that becomes an administrator", () => {
    const of = (address: string): string => `${address}["${name}"]`;
    const configured = {
      ...configuredMember(["qumulo_local_user.svc", "each.key"]),
      for_each_expression: { references: ["qumulo_local_user.svc"] },
    };
    const root_module = { resources: [configuredUser, configured] };

    const result = audited(
      planOf([{ ...user, address: of("qumulo_local_user.svc") }, member(of("qumulo_role_member.admin"))], {
        configuration: { provider_config: { qumulo: provider }, root_module },
      }),
    );

    expect(administratorsIn(result)).toEqual(["local:svc"]);
  });

  test("of a variable that turns the verification off", () => {
    const insecure = { ...provider, expressions: { insecure: { references: [`var.${name}`] } } };

    const result = audited(
      planOf([user], {
        variables: named(name, { value: true }),
        configuration: { provider_config: { qumulo: insecure }, root_module: { resources: [configuredUser] } },
      }),
    );

    expect(result.open.map(({ rule }) => rule)).toContain("insecure-provider");
  });

  test("of a provider configuration that does not verify", () => {
    const insecure = { ...provider, expressions: { insecure: { constant_value: true } } };

    const result = audited(
      planOf([user], { configuration: { provider_config: named(name, insecure), root_module: {} } }),
    );

    expect(result.open.map(({ rule, address }) => [rule, address])).toContainEqual([
      "insecure-provider",
      `provider.${name}`,
    ]);
  });

  test("of a role with privileges that give more", () => {
    const result = audited(
      planOf([
        user,
        change("qumulo_role.r", { after: { name, privileges: ["PRIVILEGE_ROLE_WRITE"] } }),
        change("qumulo_role_member.r", { after: { role_name: name, auth_id: "1001" } }),
      ]),
    );

    expect(result.open.map(({ rule, severity }) => [rule, severity])).toContainEqual([
      "escalating-privilege",
      "critical",
    ]);
  });

  test("of a role that the plan does not manage, and of a domain that no cluster has", () => {
    const result = audited(
      planOf([change("qumulo_role_member.r", { after: { role_name: name, domain: name, name, auth_id: "7" } })]),
    );

    const text = renderTextReport(result, { failOn: "high", isColored: false, width: 200 });
    expect(text).toContain(`+ auth_id:7 → ${name.toLowerCase()}`);
    expect(text).not.toContain("native code");
  });

  test.each([
    ["policy", () => parsePolicy(Buffer.from(`{"version":1,"${name}":1}`))],
    ["policy of names", () => parsePolicy(Buffer.from(`{"version":1,"names":{"${name}":"x"}}`))],
    ["baseline", () => parseBaseline(Buffer.from(`{"version":1,"entries":[],"${name}":1}`))],
  ])("in a %s, where it means nothing", (_what, parse) => {
    expect(parse).toThrow(`${name} is not known here.`);
  });
});

test("a role whose name looks like an address is not taken for the role at that address", () => {
  const result = audited(
    planOf([
      user,
      change("qumulo_role.plain", { after: { name: "plain", privileges: ["PRIVILEGE_ANALYTICS_READ"] } }),
      change("qumulo_role.grave", { after: { name: "@qumulo_role.plain", privileges: ["PRIVILEGE_ROLE_WRITE"] } }),
      change("qumulo_role_member.r", { after: { role_name: "@qumulo_role.plain", auth_id: "1001" } }),
    ]),
  );

  expect(result.open.map(({ rule }) => rule)).toContain("escalating-privilege");
});
