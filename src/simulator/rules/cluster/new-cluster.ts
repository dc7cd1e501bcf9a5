import { randomInt, randomUUID } from "node:crypto";
import type { Secret } from "../../../vocabulary/secret.ts";
import { clusterKey } from "../../store/records.ts";
import { addBuiltInRoles } from "../access/built-in-roles.ts";
import { claimName, firstAccountId, wellKnownIds } from "../accounts/accounts.ts";
import { hashPassword } from "../accounts/passwords.ts";
import { type Context, nextRevision } from "../context.ts";
import { newNode } from "./cluster.ts";

/**
 * Fills an empty store with what every cluster has: built-in users, groups and roles, one node.
 *
 * @see Qumulo SDK 7.10.2.1 for ids and names of users and groups; Qumulo docs, RBAC guide, for roles; the rest is assumed
 */
export function createCluster(
  context: Context,
  cluster: { readonly name: string; readonly adminPassword: Secret; readonly guestPassword: Secret },
): void {
  const randomPart = (): number => randomInt(1_000_000_000, 4_294_967_295);
  context.store.put("cluster", clusterKey, {
    clusterId: randomUUID(),
    name: cluster.name,
    sidPrefix: `S-1-5-21-${randomPart()}-${randomPart()}-${randomPart()}`,
    nodes: [newNode(cluster.name, 1)],
    nextAccountId: firstAccountId,
    lastRevision: 0,
    settingsRevision: 0,
  });
  addGroup(context, wellKnownIds.administrators, "Administrators");
  addGroup(context, wellKnownIds.users, "Users");
  addGroup(context, wellKnownIds.guests, "Guests");
  addUser(context, {
    id: wellKnownIds.admin,
    name: "admin",
    primaryGroup: wellKnownIds.users,
    password: cluster.adminPassword,
  });
  addUser(context, {
    id: wellKnownIds.guest,
    name: "guest",
    primaryGroup: wellKnownIds.guests,
    password: cluster.guestPassword,
  });
  addBuiltInRoles(context);
}

function addGroup(context: Context, id: string, name: string): void {
  claimName(context, { id, kind: "group", name });
  context.store.put("localGroups", id, { id, name, gid: "", revision: nextRevision(context) });
}

function addUser(
  context: Context,
  user: { readonly id: string; readonly name: string; readonly primaryGroup: string; readonly password: Secret },
): void {
  const { id, name, primaryGroup, password } = user;
  claimName(context, { id, kind: "user", name });
  context.store.put("localUsers", id, {
    id,
    name,
    primaryGroup,
    uid: "",
    homeDirectory: null,
    passwordHash: hashPassword(password),
    revision: nextRevision(context),
  });
}
