import { expect, test } from "@jest/globals";
import type { ClusterFacts } from "../../src/audit/access/facts.ts";
import { audit } from "../../src/audit/audit.ts";
import { change, kept, planOf, token } from "../support/plans/plan-builder.ts";

type Change = Readonly<Record<string, unknown>>;

const now = new Date("2026-03-02T08:00:00Z");
const cluster: ClusterFacts = {
  users: [
    { id: "500", name: "admin" },
    { id: "1001", name: "svc", uid: "5001" },
  ],
  groups: [{ id: "512", name: "Administrators", members: [] }],
  roles: [{ name: "reader", privileges: [], members: [] }],
  accessTokens: [],
};
const withDirectory: ClusterFacts = {
  ...cluster,
  accessTokens: [{ id: "9", user: { authId: "21474837580" }, enabled: true }],
};

function member(text: string): Change {
  return change("qumulo_role_members.it", { after: { role_name: "reader", members: [text] } });
}

function tokenOf(user: string): Change {
  return change("qumulo_access_token.it", { after: { ...token, user }, unknown: { identity: true } });
}

function doubts(changes: readonly Change[], facts: readonly ClusterFacts[] = []): readonly string[] {
  const { open } = audit(planOf(changes), { now, facts });
  return open
    .filter(({ rule, got }) => rule === "unknown-access" && got !== "a role that this configuration does not manage")
    .map(({ what }) => what);
}

test.each([
  [
    "jane",
    "name:jane is a member of the role reader, and whether that is an account of the cluster or one of a directory is not known.",
  ],
  [
    "uid:5001",
    "uid:5001 is a member of the role reader, and whether an account of the cluster has that id is not known.",
  ],
  [
    "S-1-5-21-1-2-3-1104",
    "sid:s-1-5-21-1-2-3-1104 is a member of the role reader, and whether that is an account of the cluster is not known.",
  ],
])("without the cluster, whom %s means is for review", (text, what) => {
  expect(doubts([member(text)])).toEqual([what]);
});

test.each([
  "local:svc",
  "ad:jane",
  "CORP\\jane",
  "auth_id:1001",
  "world:everyone",
  "S-1-1-0",
  "S-1-5-88-1-5001",
  "admin",
])("%s says whom it means", (text) => {
  expect(doubts([member(text)])).toEqual([]);
});

test("a local name and an id that may be its own are for review, and the cluster tells", () => {
  const changes = [member("auth_id:1001"), tokenOf("local:svc")];

  expect(doubts(changes)).toEqual([
    "local:svc is the user of the access token, and it may be the account that is given by its auth_id elsewhere.",
  ]);
  expect(doubts(changes, [cluster])).toEqual([]);
  const { clusters } = audit(planOf(changes), { now, facts: [cluster] });
  const [svc] = [...(clusters[0]?.after.identities.values() ?? [])].filter(({ label }) => label === "local:svc");
  expect([svc?.grants.length, svc?.tokens.length]).toEqual([1, 1]);
});

test("a local name that nobody has, and a bare one, are for review where the cluster was asked", () => {
  expect(doubts([member("local:gone")], [cluster])).toEqual([
    "local:gone is a member of the role reader, and no account of the cluster has that name.",
  ]);
  expect(doubts([member("jane")], [cluster])).toEqual([
    "name:jane is a member of the role reader, and no account of the cluster has that name, so it is one of a directory or nobody.",
  ]);
});

test("a uid is the account's that carries it, and otherwise the one of POSIX", () => {
  const labels = (text: string): readonly string[] =>
    audit(planOf([member(text)]), { now, facts: [cluster] }).changes.map(({ identity }) => identity);

  expect(labels("uid:5001")).toContain("local:svc");
  expect(labels("uid:5002")).toContain("auth_id:12884906890");
  expect(labels("S-1-5-88-1-5002")).toContain("auth_id:12884906890");
});

test.each([
  ["names of a directory with and without their domain", [member("ad:CORP\\jane"), tokenOf("ad:jane")], []],
  ["a name of a directory beside an id of one", [member("ad:jane")], [withDirectory]],
])("%s may be the same identity", (_, changes, facts) => {
  expect(doubts(changes, facts)).toContainEqual(expect.stringContaining("who is named in another way elsewhere"));
});

test("a bare name means whom the provider has found for it", () => {
  const identity = { domain: "ACTIVE_DIRECTORY", auth_id: "21474837580", name: "CORP\\jane" };
  const changes = [kept("qumulo_access_token.it", { ...token, user: "jane", identity }), member("jane")];

  const { changes: rows } = audit(planOf(changes), { now });

  expect(rows.map(({ identity: row }) => row)).toEqual(["ad:corp\\jane"]);
});

test("who joins the local group Administrators is for review unless the members of the role are known", () => {
  const joins = change("qumulo_local_group_member.it", { after: { group_id: "512", member_id: "1001" } });
  const holds = kept("qumulo_role_member.group", { role_name: "administrators", auth_id: "512" });
  const read = { ...cluster, roles: [{ name: "Administrators", privileges: [], members: [] }] };

  expect(doubts([joins])).toEqual([
    "auth_id:1001 is in the local group Administrators, and whether that group has the role Administrators is not known.",
  ]);
  expect(doubts([joins], [read])).toEqual([]);
  const { open } = audit(planOf([joins, holds]), { now });
  expect(open.map(({ rule, identity }) => [rule, identity])).toContainEqual(["new-administrator", "auth_id:1001"]);
});

test("an account that gets the name of another one is told apart from it", () => {
  const holder = { role_name: "Administrators", domain: "LOCAL", name: "svc" };
  const renamed = [
    change("qumulo_local_user.old", {
      actions: ["update"],
      before: { id: "1001", name: "svc" },
      after: { id: "1001", name: "retired" },
    }),
    change("qumulo_local_user.new", { after: { name: "svc" }, unknown: { id: true } }),
    change("qumulo_role_member.svc", { actions: ["update"], before: holder, after: holder }),
  ];

  const { open, changes } = audit(planOf(renamed), { now });

  expect(open.map(({ rule, identity }) => [rule, identity])).toContainEqual([
    "new-administrator",
    "local:svc (qumulo_local_user.new)",
  ]);
  expect(changes.find(({ identity }) => identity === "local:svc (qumulo_local_user.old)")?.lost.length).toBeGreaterThan(
    0,
  );
});
