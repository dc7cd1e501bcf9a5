import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type Audit, audit } from "../../src/audit/audit.ts";
import { change, kept, planOf, token } from "../support/plans/plan-builder.ts";

type Values = Readonly<Record<string, unknown>>;

const now = new Date("2026-03-02T08:00:00Z");
const folder = path.resolve(__dirname, "plans");

function recorded(name: string): Audit {
  return audit(JSON.parse(readFileSync(path.join(folder, name), "utf8")), { now });
}

/** A user behind one alias, and what makes it powerful behind another one. */
function twoAliases(left: Values, right: Values, more: Values = {}): Values {
  const resources = [
    configured("qumulo_local_user", "qumulo.left"),
    configured("qumulo_access_token", "qumulo.left", { user: { constant_value: "local:svc" } }),
    configured("qumulo_role", "qumulo.right"),
    configured("qumulo_role_member", "qumulo.left", { role_name: { constant_value: "keys" } }),
  ];
  const config = (alias: string, expressions: Values): Values => ({ name: "qumulo", alias, expressions });
  return planOf(
    [
      change("qumulo_local_user.svc", { after: { name: "svc" }, unknown: { id: true, sid: true } }),
      change("qumulo_access_token.svc", { after: { ...token, id: undefined }, unknown: { id: true, identity: true } }),
      change("qumulo_role.svc", { after: { name: "keys", privileges: ["PRIVILEGE_AUDIT_WRITE"] } }),
      change("qumulo_role_member.svc", { after: { role_name: "keys", domain: "LOCAL", name: "svc" } }),
    ],
    {
      configuration: {
        provider_config: { "qumulo.left": config("left", left), "qumulo.right": config("right", right) },
        root_module: { resources },
      },
      ...more,
    },
  );
}

function configured(type: string, provider_config_key: string, expressions: Values = {}): Values {
  return { mode: "managed", type, name: "svc", provider_config_key, expressions };
}

function at(host: Values | undefined, port?: Values): Values {
  return { ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) };
}

const constant = (value: unknown): Values => ({ constant_value: value });
const variable = (name: string): Values => ({ references: [`var.${name}`] });
const east = constant("east.example.com");
const variables = {
  a: { value: "east.example.com" },
  b: { value: "EAST.example.com" },
  c: { value: "west.example.com" },
};

/** `one`: their access is told together. `perhaps`: what would be so is a finding. `two`: nothing of both is told. */
function verdict({ clusters, open }: Audit): string {
  if (clusters.length === 1) return "one";
  return open.some(({ rule }) => rule === "unknown-cluster") ? "perhaps" : "two";
}

describe("two aliases", () => {
  test.each([
    ["no host at all, so that the environment says it for both", at(undefined), at(undefined), "one"],
    ["one host", at(east), at(constant("EAST.example.com")), "one"],
    ["one host and one port", at(east, constant(8001)), at(east, constant("8001")), "one"],
    ["one host, of which one names the usual port", at(east, constant(8000)), at(east), "one"],
    ["one variable", at(variable("a")), at(variable("a")), "one"],
    ["variables with one value", at(variable("a")), at(variable("b")), "one"],
    ["a variable and its value", at(variable("a")), at(east), "one"],
    ["different hosts", at(east), at(constant("west.example.com")), "two"],
    ["different ports", at(east, constant(8001)), at(east, constant(8002)), "two"],
    ["variables with different values", at(variable("a")), at(variable("c")), "two"],
    ["a host and the environment's", at(east), at(undefined), "perhaps"],
    ["a host and one that is computed", at(east), at({ references: ["local.host"] }), "perhaps"],
    ["a host and a variable that the plan does not tell", at(east), at(variable("secret")), "perhaps"],
    ["a host and a port that the environment may say", at(east, constant(8001)), at(east), "perhaps"],
  ])("with %s", (...[, left, right, expected]) => {
    const result = audit(twoAliases(left, right, { variables }), { now });

    expect(verdict(result)).toBe(expected);
    const told = result.open.filter(({ what }) => what.includes("local:svc can weaken the audit trail"));
    expect(told.map(({ rule }) => rule)).toEqual(
      { one: ["protection-weakening-privilege"], perhaps: ["unknown-cluster"], two: [] }[expected],
    );
  });

  test("that a reference joins are one cluster, whatever leads there", () => {
    const plan = twoAliases(at({ references: ["local.a"] }), at({ references: ["local.b"] }));
    const joined = JSON.parse(
      JSON.stringify(plan).replace(
        '"role_name":{"constant_value":"keys"}}',
        '"role_name":{"constant_value":"keys"},"name":{"references":["qumulo_role.svc.name","qumulo_role.svc"]}}',
      ),
    ) as unknown;

    expect(verdict(audit(plan, { now }))).toBe("perhaps");
    expect(verdict(audit(joined, { now }))).toBe("one");
  });

  test("whose state tells domains of their own are two, whatever leads there", () => {
    const user = (address: string, domain: string): Values =>
      kept(address, { id: "1001", name: "svc", sid: `S-1-5-21-${domain}-1001` });
    const plan = (domain: string): Values => ({
      ...twoAliases(at({ references: ["local.a"] }), at({ references: ["local.b"] })),
      resource_changes: [
        user("qumulo_local_user.svc", "1-2-3"),
        { ...user("qumulo_local_user.other", domain), address: "qumulo_role.svc" },
      ],
    });

    const clusters = (domain: string): number => audit(plan(domain), { now }).clusters.length;

    expect([clusters("1-2-3"), clusters("4-5-6")]).toEqual([1, 2]);
  });
});

test("what is found only if two aliases lead to one cluster has a fingerprint of its own for each thing that is found", () => {
  const fingerprints = (privilege: string): readonly string[] =>
    audit(JSON.parse(JSON.stringify(twoAliases(at(east), at(undefined))).replace("AUDIT_WRITE", privilege)), { now })
      .open.filter(({ rule }) => rule === "unknown-cluster")
      .map(({ fingerprint }) => fingerprint);

  expect(fingerprints("AUDIT_WRITE")).toEqual(fingerprints("AUDIT_WRITE"));
  expect(fingerprints("AUDIT_WRITE")).not.toEqual(fingerprints("ROLE_WRITE"));
});

describe.each(["opentofu-aliases.json", "terraform-aliases.json"])("%s", (name) => {
  test("tells the escalation of a user behind one alias and a role behind another one with the same port", () => {
    const { open, clusters } = recorded(name);

    expect(clusters.map(({ cluster }) => cluster)).toEqual(["qumulo.people, qumulo.rights", "qumulo.perhaps"]);
    expect(open).toContainEqual(
      expect.objectContaining({ rule: "escalating-privilege", identity: "local:svc", address: "qumulo_role.keys" }),
    );
  });

  test("tells what would be so if the alias whose host is computed led there too", () => {
    const doubts = recorded(name).open.filter(({ rule }) => rule === "unknown-cluster");

    expect(doubts).toEqual([
      expect.objectContaining({
        severity: "critical",
        isNew: true,
        identity: "local:svc",
        got: "An administrator has an access token",
      }),
    ]);
  });
});

describe("instances of one provider configuration", () => {
  test("are different clusters: what one gains is new although another has it", () => {
    const { open, clusters } = recorded("opentofu-instances.json");

    expect(clusters.map(({ cluster }) => cluster)).toEqual(['qumulo.west["eu"]', 'qumulo.west["us"]']);
    const administrators = open.filter(({ rule }) => rule === "new-administrator");
    expect(administrators.map(({ address, identity }) => [address, identity])).toEqual([
      ['qumulo_role_member.guest["us"]', "local:guest"],
    ]);
    const reading = open.filter(({ rule }) => rule === "secret-reading-privilege");
    expect(reading.map(({ cluster, isNew }) => [cluster, isNew])).toEqual([
      ['qumulo.west["us"]', true],
      ['qumulo.west["eu"]', false],
    ]);
  });

  test("have findings with fingerprints of their own, so that a baseline of one hides nothing of another", () => {
    const { open } = recorded("opentofu-instances.json");
    const ofEast = open
      .filter(({ cluster }) => cluster === 'qumulo.west["eu"]')
      .map(({ fingerprint }) => ({ fingerprint, reason: "known", until: "2027-01-01" }));

    const document: unknown = JSON.parse(readFileSync(path.join(folder, "opentofu-instances.json"), "utf8"));
    const judged = audit(document, { now, baseline: ofEast });

    const ofWest = ({ open: findings }: Pick<Audit, "open">): readonly string[] =>
      findings.filter(({ cluster }) => cluster === 'qumulo.west["us"]').map(({ fingerprint }) => fingerprint);
    expect(ofWest(judged)).toEqual(ofWest({ open }));
    expect(ofWest(judged).length).toBeGreaterThan(2);
  });
});
