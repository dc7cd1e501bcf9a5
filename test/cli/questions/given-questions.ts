import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Seed } from "../../../src/simulator/index.ts";
import { type CommandRun, runCommand } from "../run-command.ts";

/** A cluster on which a privilege is held and can be come to by every way. */
export const officeSeed: Seed = {
  version: 1,
  cluster: { sid_prefix: "S-1-5-21-1-2-3" },
  groups: [{ name: "night-shift", id: "1100", members: ["jane"] }],
  users: [
    { name: "svc-backup", id: "1101", uid: "5001" },
    { name: "jane", id: "1102" },
    { name: "helpdesk", id: "1103" },
    { name: "idle", id: "1104" },
  ],
  roles: [
    { name: "backup", privileges: ["PRIVILEGE_FILE_FULL_ACCESS"], members: ["local:svc-backup"] },
    { name: "ops", privileges: ["PRIVILEGE_ROLE_WRITE"], members: ["local:night-shift"] },
    { name: "help", privileges: ["PRIVILEGE_LOCAL_GROUP_WRITE"], members: ["local:helpdesk"] },
    { name: "look", privileges: ["PRIVILEGE_QUOTA_READ"], members: ["world:Everyone"] },
  ],
  access_tokens: [
    { user: "local:svc-backup", id: "777", expiration_time: "2030-01-01T00:00:00Z" },
    { user: "local:svc-backup", id: "778", enabled: false },
  ],
};

/** Whom directories know under names that others have too. */
export const directorySeed: Seed = {
  version: 1,
  active_directory: {
    netbios_name: "LAB",
    dns_name: "lab.example.com",
    sid: "S-1-5-21-9-8-7",
    groups: [{ name: "ops", rid: 1200 }],
    users: [{ name: "jane", rid: 1101, member_of: ["ops"] }],
  },
  ldap: { bind_uri: "ldap://ldap.example.com", users: [{ name: "jane", uid: 7001 }] },
  roles: [
    { name: "a", privileges: ["PRIVILEGE_QUOTA_READ"], members: ["ad:LAB\\jane", "ad:LAB\\ops", "ldap_user:jane"] },
  ],
};

/** Writes a document into a folder, and gives the path of its file. */
export async function writeDocument(folder: string, document: unknown): Promise<string> {
  const file = path.join(folder, "document.json");
  await writeFile(file, JSON.stringify(document, undefined, 2));
  return file;
}

/** Runs a command in a terminal so wide that no sentence is parted. */
export async function ask(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CommandRun> {
  return runCommand(args, { env, terminal: { columns: 1_000, isColored: false } });
}
