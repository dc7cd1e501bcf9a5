import { randomInt, randomUUID } from "node:crypto";
import { privilegeNames } from "../../vocabulary/privileges.ts";
import type { Secret } from "../../vocabulary/secret.ts";
import { clusterKey, type RoleRecord } from "../store/records.ts";
import { claimName, firstAccountId, wellKnownIds } from "./accounts.ts";
import { authIds } from "./auth-ids.ts";
import { dataAdministratorPrivileges, observerPrivileges, supportPrivileges } from "./built-in-roles.ts";
import { newNode } from "./cluster.ts";
import { type Context, nextRevision } from "./context.ts";
import { hasFeature } from "./core-version.ts";
import { hashPassword } from "./passwords.ts";
import { findRole, roleKey, roleMemberKey } from "./roles.ts";

/**
 * Fills an empty store with what every cluster has: built-in users, groups and roles, one node.
 *
 * @see Qumulo SDK 7.10.2.1 for ids and names of users and groups; Qumulo docs, RBAC guide, for roles; the rest is assumed
 */
export function seedCluster(
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
  seedGroup(context, wellKnownIds.administrators, "Administrators");
  seedGroup(context, wellKnownIds.users, "Users");
  seedGroup(context, wellKnownIds.guests, "Guests");
  seedUser(context, {
    id: wellKnownIds.admin,
    name: "admin",
    primaryGroup: wellKnownIds.users,
    password: cluster.adminPassword,
  });
  seedUser(context, {
    id: wellKnownIds.guest,
    name: "guest",
    primaryGroup: wellKnownIds.guests,
    password: cluster.guestPassword,
  });
  seedRoles(context);
}

function seedGroup(context: Context, id: string, name: string): void {
  claimName(context, { id, kind: "group", name });
  context.store.put("localGroups", id, { id, name, gid: "", revision: nextRevision(context) });
}

function seedUser(
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

function seedRoles(context: Context): void {
  const roles = [
    {
      name: "Administrators",
      description: "Full control of the cluster and of all files",
      privileges: privilegeNames,
    },
    {
      name: "Data-Administrators",
      description: "Full control of files, shares, exports, quotas and snapshots",
      privileges: dataAdministratorPrivileges,
    },
    {
      name: "Observers",
      description: "Read-only access, without debugging and authentication settings",
      privileges: observerPrivileges,
    },
  ];
  for (const role of roles) seedRole(context, role);
  seedMember(context, "Administrators", wellKnownIds.admin);
  const { administratorsGroupHoldsRole, supportRole } = context.variations;
  if (administratorsGroupHoldsRole === true) seedMember(context, "Administrators", wellKnownIds.administrators);
  if (supportRole === true && hasFeature(context.coreVersion, "qumuloSupport")) addSupportRole(context);
}

/** The name of the role that some clusters have for the vendor. */
export const supportRoleName = "Qumulo-Support";

/**
 * Adds the role for the vendor's support; nothing happens when it is there.
 *
 * @see Qumulo docs, RBAC guide, for the trustee `qumulosupport:everyone`
 */
export function addSupportRole(context: Context): void {
  if (findRole(context, supportRoleName) !== undefined) return;
  const description = "Remote support by the vendor";
  seedRole(context, { name: supportRoleName, description, privileges: supportPrivileges });
  seedMember(context, supportRoleName, authIds.support);
}

function seedRole(context: Context, role: Pick<RoleRecord, "name" | "description" | "privileges">): void {
  context.store.put("roles", roleKey(role.name), { ...role, builtIn: true, revision: nextRevision(context) });
}

function seedMember(context: Context, roleName: string, authId: string): void {
  const role = roleKey(roleName);
  context.store.put("roleMembers", roleMemberKey(role, authId), { role, authId });
}
