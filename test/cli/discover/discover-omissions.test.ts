import { expect, test } from "@jest/globals";
import type { Seed } from "../../../src/simulator/index.ts";
import { type GivenDiscovery, givenDiscovery } from "./given-discovery.ts";

const names = Array.from({ length: 1_001 }, (_, index) => `svc-${index}`);

/** One more member and access token than one page has. */
const large: Seed = {
  version: 1,
  users: names.map((name) => ({ name })),
  roles: [{ name: "reader", privileges: ["PRIVILEGE_QUOTA_READ"], members: names.map((name) => `local:${name}`) }],
  access_tokens: names.map((name) => ({ user: `local:${name}`, expiration_time: "2099-01-01T00:00:00Z" })),
};

const small = {
  version: 1,
  groups: [
    { name: "operators", members: ["svc-backup"] },
    { name: "auditors", id: "3002", members: ["svc-backup"] },
  ],
  users: [{ name: "svc-backup" }],
  roles: [
    { name: "reader", privileges: ["PRIVILEGE_QUOTA_READ"], members: ["local:svc-backup"] },
    { name: "writer", privileges: ["PRIVILEGE_QUOTA_WRITE"], members: ["local:svc-backup"] },
  ],
  access_tokens: [{ user: "local:svc-backup", expiration_time: "2099-01-01T00:00:00Z" }],
} as const satisfies Seed;

/** The paths asked for since, but for the login and the version. */
function pathsSince({ cluster }: GivenDiscovery, before: number): readonly string[] {
  const paths = cluster.simulator.requests.slice(before).map((request) => request.path);
  return paths.filter((asked) => !/login|version/.test(asked));
}

test("lists of several pages are read to their end", async () => {
  const given = await givenDiscovery({ seed: large });
  const before = given.cluster.simulator.requests.length;

  const { exitCode, out, error } = await given.discover("--format", "hcl");

  expect(exitCode).toBe(0);
  expect(error).toContain(
    "1001 local users, 0 local groups, 0 members of groups, 1 role, 1001 members of roles, 1001 access",
  );
  expect(out.match(/^resource "qumulo_(role_member|access_token)"/gm)).toHaveLength(2_002);
  expect(pathsSince(given, before).filter((asked) => asked.includes("after="))).toHaveLength(2);
});

test.each([
  [403, 3, "Not read: access-tokens, for which the login lacks PRIVILEGE_ACCESS_TOKENS_READ."],
  [400, 1, "error: The cluster could not be read. The cluster answered GET /v1/auth/access-tokens/?"],
])(
  "a second page that is answered with %i: exit status %i, and no half of the list",
  async (status, expected, told) => {
    const { cluster, discover } = await givenDiscovery({ seed: large });
    cluster.simulator.failNext({ path: /access-tokens\/\?.*after=/, with: { kind: "status", status } });

    const { exitCode, out, error } = await discover("--format", "hcl");

    expect(exitCode).toBe(expected);
    expect(error).toContain(told);
    expect(out).not.toContain("qumulo_access_token");
  },
);

test("members of one group and one role that may not be read are told by name, in the code too, and all else is written", async () => {
  const { cluster, discover } = await givenDiscovery({ seed: small });
  for (const path of [/groups\/3002\/members/, /roles\/writer\/members/]) {
    cluster.simulator.failNext({ path, with: { kind: "status", status: 403 } });
  }

  const { exitCode, out, error } = await discover("--format", "hcl");

  expect(exitCode).toBe(3);
  expect(error).toBe(
    "Wrote code for 1 local user, 2 local groups, 1 member of groups, 2 roles, 1 member of roles, 1 access token of 127.0.0.1.\n" +
      "Not read: group-members of auditors, for which the login lacks PRIVILEGE_LOCAL_GROUP_READ. The code has none of them, and what depends on them was not checked.\n" +
      "Not read: role-members of writer, for which the login lacks PRIVILEGE_ROLE_READ. The code has none of them, and what depends on them was not checked.\n",
  );
  expect(out).toMatch(/^# Not read: group-members of auditors, for which the login lacks$/m);
  expect(out).not.toContain("Nobody");
});

test("a role whose members may not be read becomes no part of an identity", async () => {
  const { cluster, discover } = await givenDiscovery({ seed: small });
  cluster.simulator.failNext({
    path: /roles\/(writer|reader)\/members/,
    times: 2,
    with: { kind: "status", status: 403 },
  });

  const { out } = await discover("--format", "cdktf");

  expect(out).not.toContain("ServiceIdentity");
  expect(out).toContain('new Role(this, "role__writer", {');
});

const lists = ["/v1/users/", "/v1/groups/", "/v1/auth/roles/"] as const;

test.each([
  ["users", [lists[0], lists[1]], []],
  ["groups", [lists[1]], []],
  ["roles", [lists[2]], []],
  ["users,groups,roles", lists, []],
  ["group-members", [lists[1]], ["groups"]],
  ["role-members", lists, ["auth"]],
])("--only %s asks for no more than it takes", async (only, expected, membersOf) => {
  const given = await givenDiscovery({ seed: small });
  const before = given.cluster.simulator.requests.length;

  const { exitCode, error } = await given.discover("--format", "cdktf", "--only", only);

  const asked = pathsSince(given, before);
  const ofMembers = asked.filter((place) => place.includes("/members"));
  expect(asked.filter((place) => !place.includes("/members"))).toEqual(expected);
  expect([...new Set(ofMembers.map((place) => place.split("/")[2]))]).toEqual(membersOf);
  expect(exitCode).toBe(0);
  expect(error).not.toMatch(/Nobody|nobody|without any role/);
});

test("--only access-tokens reads what tells whose tokens are those of administrators", async () => {
  const { discover } = await givenDiscovery({ seed: { ...small, access_tokens: [{ user: "local:admin" }] } });

  const { error } = await discover("--format", "hcl", "--only", "access-tokens");

  expect(error).toMatch(/^Access tokens of administrators, .* \(1\): \d+ of admin$/m);
});
