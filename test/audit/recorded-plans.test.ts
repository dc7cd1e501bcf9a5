import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { type Audit, audit, type AuditOptions } from "../../src/audit/audit.ts";
import { rules } from "../../src/audit/rules/registry.ts";

const folder = path.resolve(__dirname, "plans");
const now = new Date("2026-03-02T08:00:00Z");

interface Recorded {
  readonly terraform_version: string;
  readonly resource_changes?: readonly {
    readonly mode: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

function recorded(name: string): Recorded {
  // The engine's own output, as the audit's tests of malformed documents do not use it.
  return JSON.parse(readFileSync(path.join(folder, name), "utf8")) as Recorded;
}

function auditOf(document: unknown, options: Partial<AuditOptions> = {}): Audit {
  return audit(document, { now, ...options });
}

const names = readdirSync(folder);

test.each(["no-op", "create", "read", "update", "delete", "delete,create", "create,delete", "forget", "forget,create"])(
  "an engine's plan with the actions %s is among the recorded ones",
  (actions) => {
    const found = names.flatMap((name) => recorded(name).resource_changes ?? []);

    expect(found.some(({ change }) => change.actions.join() === actions)).toBe(true);
  },
);

test("plans of OpenTofu, and of Terraform before and after it changed its license, are among the recorded ones", () => {
  const versions = new Set(names.map((name) => `${name.split("-")[0] ?? ""} ${recorded(name).terraform_version}`));

  expect([...versions].toSorted()).toEqual([
    "opentofu 1.12.6",
    "terraform 1.11.4",
    "terraform 1.16.4",
    "terraform 1.5.7",
  ]);
});

test("each rule is broken by a plan of an engine", () => {
  const policy = {
    principal: "somebody",
    maximum_lifetime: "30d",
    forbidden_privileges: ["PRIVILEGE_QUOTA_READ"],
    names: { users: "app-.+" },
  };

  // What no code declares is known from a cluster alone.
  const members = [{ authId: "4242", domain: "LOCAL", name: "by-hand" }];
  const roles = [{ name: "Administrators", privileges: [], members }];
  const facts = [{ users: [], groups: [], roles, accessTokens: [] }];

  const reference = { name: "nothing", document: { format_version: "1.0", values: { root_module: {} } } };

  const broken = new Set(
    names.flatMap((name) => auditOf(recorded(name), { policy, facts, reference }).open.map(({ rule }) => rule)),
  );

  expect(rules.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
});

test.each([
  {
    name: "revocation",
    what: /deletes the access tokens of a user.* It runs by itself\./,
    got: /, user = "local:svc-index"$/,
  },
  {
    name: "disabling",
    what: /disables an access token.* It runs by itself\./,
    got: /, allow_lock_out = true, id = "18\d+"$/,
  },
  {
    name: "rotation",
    what: /ends the overlap.* It runs after update of terraform_data\.delivered\./,
    got: /, previous_id = "18\d+", successor_id is decided during apply$/,
  },
])("an action in a plan of Terraform is judged: $name", ({ name, what, got }) => {
  const { open } = auditOf(recorded(`terraform-action-${name}.json`));

  expect(open.filter(({ rule }) => rule === "planned-action")).toEqual([
    expect.objectContaining({
      kind: "finding",
      severity: "medium",
      what: expect.stringMatching(what),
      got: expect.stringMatching(got),
    }),
  ]);
});

test("an action in a plan of Terraform that will find no overlap to end is not a finding", () => {
  const { open, changes } = auditOf(recorded("terraform-action-triggers.json"));

  expect(open).toEqual([]);
  expect(changes.map(({ identity }) => identity)).toEqual(["local:svc-index"]);
});

test("what is forgotten leaves its access token behind, and the report says so", () => {
  const { open } = auditOf(recorded("terraform-combinations.json"));

  expect(open).toContainEqual(
    expect.objectContaining({ rule: "forgotten-access", address: "qumulo_access_token.left" }),
  );
});

test("identities, roles and tokens of an alias are on a cluster of their own", () => {
  const { clusters, changes } = auditOf(recorded("opentofu-creation.json"));

  expect(clusters.map(({ cluster }) => cluster).toSorted()).toEqual(["qumulo", "qumulo.second"]);
  const of = (cluster: string): readonly string[] =>
    changes.filter((change) => change.cluster === cluster).map(({ identity }) => identity);
  expect(of("qumulo.second")).toEqual(["local:svc-elsewhere"]);
  expect(of("qumulo")).toContain("local:svc-backup");
  expect(of("qumulo")).not.toContain("local:svc-elsewhere");
});

test("a finding has the same fingerprint wherever the resource stands in the files", () => {
  const document = recorded("opentofu-changes.json");
  const at = (line: number): readonly string[] =>
    auditOf(document, { locate: () => ({ file: "main.tf", line }) }).open.map(({ fingerprint }) => fingerprint);

  expect(at(900)).toEqual(at(1));
  expect(new Set(at(1)).size).toBe(at(1).length);
});

test("a finding has the same fingerprint in the plan that brings it about and in the state afterwards", () => {
  const find = (name: string): readonly string[] =>
    auditOf(recorded(name))
      .open.filter(({ rule }) => rule === "escalating-privilege" || rule === "file-permission-bypass")
      .map(({ address, identity, fingerprint }) => `${address ?? ""} ${identity ?? ""} ${fingerprint}`);

  expect(find("terraform-state.json").length).toBeGreaterThan(0);
  expect(find("terraform-creation.json").toSorted()).toEqual(find("terraform-state.json").toSorted());
});

test("an errored plan says that it is incomplete, and tells of the rest all the same", () => {
  const { open, changes } = auditOf(recorded("opentofu-errored.json"));

  expect(open.filter(({ rule }) => rule === "incomplete-plan").map(({ got }) => got)).toEqual(["errored"]);
  expect(changes.map(({ identity }) => identity)).toContain("local:svc-backup");
});

test.each([
  ["OpenTofu, which says nothing of it", "opentofu-targeted.json", 21],
  ["Terraform, which says so", "terraform-incomplete.json", 8],
])("a plan that -target has narrowed is critical, and names what it leaves out: %s", (_engine, name, count) => {
  const { open } = auditOf(recorded(name));

  const [finding, ...others] = open.filter(({ rule }) => rule === "incomplete-plan");
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ severity: "critical", what: expect.stringContaining(`${count} resources`) });
  expect(finding?.got).toMatch(/^\S+, \S+, \S+ and \d+ more$/);
});

test("a plan is incomplete where the engine says so, or has put changes off", () => {
  const narrowed = recorded("terraform-creation.json");
  const found = (more: object): readonly string[] =>
    auditOf({ ...narrowed, ...more })
      .open.filter(({ rule }) => rule === "incomplete-plan")
      .map(({ severity, what }) => `${severity}: ${what}`);

  expect(found({ complete: true, deferred_changes: [] })).toEqual([]);
  const said = [expect.stringMatching(/^critical: The engine says that this plan is not complete/)];
  expect(found({ complete: false })).toEqual(said);
  expect(found({ deferred_changes: [{ reason: "provider_config_unknown" }] })).toEqual(said);
});

test.each(["opentofu-refresh-only.json", "terraform-refresh-only.json", "opentofu-destruction.json"])(
  "%s leaves nothing out",
  (name) => {
    expect(auditOf(recorded(name)).open.map(({ rule }) => rule)).not.toContain("incomplete-plan");
  },
);

test.each(["opentofu-state.json", "terraform-state.json"])("%s tells what access there is, and no change", (name) => {
  const { kind, changes, open } = auditOf(recorded(name));

  expect(kind).toBe("state");
  expect(changes.length).toBeGreaterThan(3);
  expect(changes.flatMap(({ gained, lost }) => [...gained, ...lost])).toEqual([]);
  expect(
    open.filter(({ isNew, rule }) => isNew && rules.some(({ id, kind: of }) => id === rule && of === "access")),
  ).toEqual([]);
});

test.each(["opentofu-unknown.json", "terraform-unknown.json"])(
  "%s leaves much to be decided during apply: each of it is to be reviewed once, and all else is judged",
  (name) => {
    const { open } = auditOf(recorded(name), { policy: { maximum_lifetime: "90d" } });

    const reviews = open.filter(({ kind }) => kind === "review").map(({ address, severity }) => [address, severity]);
    expect(reviews).toEqual([
      ["qumulo_access_token.somebodys", "critical"],
      ["qumulo_local_user.other", "critical"],
      ["qumulo_role.partly", "critical"],
      ["qumulo_role_member.somebody", "critical"],
      ["qumulo_role_members.some", "critical"],
      // Observers, whose privileges no plan tells: of the known member and of the unknown one.
      ["qumulo_role_members.some", "critical"],
      ["qumulo_role_members.some", "critical"],
      ["qumulo_access_token.endless", "high"],
      ["qumulo_access_token.end", "medium"],
    ]);
    const grave = open.filter(({ kind, severity }) => kind === "finding" && /high|critical/.test(severity));
    expect(grave.map(({ rule, address }) => [rule, address])).toEqual([
      ["escalating-privilege", "qumulo_role.known"],
      ["escalation-by-combination", "qumulo_role.known"],
      ["token-lives-too-long", "qumulo_access_token.end"],
      ["token-never-expires", "qumulo_access_token.somebodys"],
    ]);
  },
);
