import type { Seed, SeededRole, SeededToken, SeededUser } from "../../../src/simulator/index.ts";

/** What people have made by hand over the years, with all that is hard to write down. */
export const handMade = {
  version: 1,
  // An id below it that nobody has is that of somebody who was deleted.
  cluster: { next_id: 2000 },
  active_directory: {
    netbios_name: "LAB",
    dns_name: "lab.example.com",
    sid: "S-1-5-21-11-22-33",
    users: [{ name: "jane", rid: 1101 }],
    groups: [{ name: "storage-ops", rid: 1102 }],
  },
  ldap: {
    bind_uri: "ldap://ldap.example.com",
    users: [{ name: "penny", uid: 7001 }],
    groups: [{ name: "pengroup", gid: 7002 }],
  },
  groups: [
    { name: "operators", id: "3001", gid: "9001", members: ["svc-backup", "admin"] },
    { name: "Empty %{Group}", id: "3002" },
    { name: "Administrators", members: ["boss"] },
  ],
  users: [
    { name: "svc-backup", id: "4001", uid: "5001", home_directory: '/home/${HOME}/%{x}/"q" back\\slash' },
    { name: "svc_backup", id: "4002" },
    { name: "Svc ${Odd}", id: "4003", primary_group: "operators" },
    { name: "Überwachung 監視", id: "4004" },
    { name: "svc-two", id: "4005", primary_group: "Empty %{Group}" },
    { name: "boss", id: "4006" },
    { name: "qumulo", id: "4007" },
    { name: "class", id: "4008" },
    { name: "svc-whole", id: "4009" },
  ],
  roles: [
    {
      name: "backup-reader",
      description: 'Reads "all"\nof ${it}, $${twice}, %{if} and \\ back\tslash \u0007 \u202e 監視',
      privileges: ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ", "PRIVILEGE_CLUSTER_READ", "PRIVILEGE_DNS_READ"],
      members: ["local:svc-backup", "local:operators", "ad:LAB\\jane", "ldap_user:penny"],
    },
    { name: 'ro"le:${x}%{y}\\z', privileges: ["PRIVILEGE_QUOTA_READ"], members: ["local:svc_backup", "auth_id:1001"] },
    { name: "whole", description: "Of one", privileges: ["PRIVILEGE_DEBUG"], members: ["local:svc-whole"] },
    { name: "nobody" },
    { name: "e\u0301tage", privileges: ["PRIVILEGE_QUOTA_READ"], members: ["local:boss"] },
    {
      name: "mixed",
      privileges: ["PRIVILEGE_QUOTA_READ"],
      members: ["local:admin", "ldap_group:pengroup", "local:class"],
    },
    { name: "Observers", members: ["local:svc-two", "ad:LAB\\storage-ops", "world:Everyone"] },
  ],
  access_tokens: [
    { user: "local:svc-backup", id: "15204896138297435842", expiration_time: "2099-01-01T00:00:00.123456789Z" },
    {
      user: "local:svc-two",
      id: "15204896138297435843",
      expiration_time: "2020-01-01T00:00:00Z",
      creation_time: "2019-01-01T00:00:00Z",
    },
    { user: "local:svc-two", id: "15204896138297435844", enabled: false },
    { user: "local:boss", id: "15204896138297435845" },
    { user: "local:admin", id: "15204896138297435846", expiration_time: "2099-01-01T00:00:00Z" },
    { user: "ad:LAB\\jane", id: "15204896138297435847" },
    { user: "local:svc-whole", id: "15204896138297435848", expiration_time: "2099-01-01T00:00:00Z" },
    { user: "local:Svc ${Odd}", id: "15204896138297435849", expiration_time: "2099-01-01T00:00:00Z" },
  ],
} as const satisfies Seed;

/** {@link handMade}, and ordinary accounts with roles, groups and access tokens, so that there are so many accounts. */
export function handMadeCluster(accounts: number): Seed {
  const names = Array.from({ length: accounts - handMade.users.length }, (_, index) => `svc-${index}`);
  const users: readonly SeededUser[] = names.map((name, index) => ({ name, id: String(10_000 + index) }));
  const roles: readonly SeededRole[] = Array.from({ length: 40 }, (_, role) => ({
    name: `role-${role}`,
    privileges: ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ"],
    members: names.filter((_name, index) => index % 40 === role).map((name) => `local:${name}`),
  }));
  const groups = Array.from({ length: 10 }, (_, group) => ({
    name: `team-${group}`,
    id: String(9_000 + group),
    members: names.filter((_name, index) => index % 20 === group),
  }));
  const tokens: readonly SeededToken[] = names.map((name, index) => ({
    user: `local:${name}`,
    id: String(10n ** 19n + BigInt(index)),
    ...(index % 3 === 0 ? {} : { expiration_time: "2098-07-01T12:00:00Z" }),
  }));
  return {
    ...handMade,
    users: [...handMade.users, ...users],
    roles: [...handMade.roles, ...roles],
    groups: [...handMade.groups, ...groups],
    access_tokens: [...handMade.access_tokens, ...tokens],
  };
}
