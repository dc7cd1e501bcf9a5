import { type PrivilegeName, privilegeNames } from "../../../vocabulary/privileges.ts";
import type { RoleRecord } from "../../store/records.ts";
import { wellKnownIds } from "../accounts/accounts.ts";
import { type Context, nextRevision } from "../context.ts";
import { hasFeature } from "../core-version.ts";
import { authIds } from "../identities/auth-ids.ts";
import { findRole, roleKey, roleMemberKey } from "./roles.ts";

/**
 * What the role Data-Administrators allows, in the order of the enumeration.
 *
 * @see assumed; no source publishes the list
 */
const dataAdministratorPrivileges: readonly PrivilegeName[] = [
  "PRIVILEGE_ANALYTICS_READ",
  "PRIVILEGE_FILE_FULL_ACCESS",
  "PRIVILEGE_FS_ATTRIBUTES_READ",
  "PRIVILEGE_FS_DELETE_TREE_READ",
  "PRIVILEGE_FS_DELETE_TREE_WRITE",
  "PRIVILEGE_FS_LOCK_READ",
  "PRIVILEGE_FS_LOCK_WRITE",
  "PRIVILEGE_FS_SETTINGS_READ",
  "PRIVILEGE_IDENTITY_READ",
  "PRIVILEGE_LOCAL_GROUP_READ",
  "PRIVILEGE_LOCAL_USER_READ",
  "PRIVILEGE_NFS_EXPORT_READ",
  "PRIVILEGE_NFS_EXPORT_WRITE",
  "PRIVILEGE_QUOTA_READ",
  "PRIVILEGE_QUOTA_WRITE",
  "PRIVILEGE_SMB_SHARE_READ",
  "PRIVILEGE_SMB_SHARE_WRITE",
  "PRIVILEGE_SNAPSHOT_CALCULATE_USED_CAPACITY_READ",
  "PRIVILEGE_SNAPSHOT_DIFFERENCE_READ",
  "PRIVILEGE_SNAPSHOT_POLICY_READ",
  "PRIVILEGE_SNAPSHOT_POLICY_WRITE",
  "PRIVILEGE_SNAPSHOT_READ",
  "PRIVILEGE_SNAPSHOT_WRITE",
  "PRIVILEGE_SMB_FILE_HANDLE_READ",
  "PRIVILEGE_SMB_FILE_HANDLE_WRITE",
  "PRIVILEGE_SMB_SESSION_READ",
  "PRIVILEGE_SMB_SESSION_WRITE",
];

/**
 * What the role Observers allows, in the order of the enumeration.
 *
 * @see assumed; no source publishes the list
 */
const observerPrivileges: readonly PrivilegeName[] = [
  "PRIVILEGE_AD_READ",
  "PRIVILEGE_ANALYTICS_READ",
  "PRIVILEGE_AUDIT_READ",
  "PRIVILEGE_CLUSTER_READ",
  "PRIVILEGE_DNS_READ",
  "PRIVILEGE_FS_ATTRIBUTES_READ",
  "PRIVILEGE_FS_DELETE_TREE_READ",
  "PRIVILEGE_FS_LOCK_READ",
  "PRIVILEGE_FS_SETTINGS_READ",
  "PRIVILEGE_FTP_READ",
  "PRIVILEGE_IDENTITY_MAPPING_READ",
  "PRIVILEGE_IDENTITY_READ",
  "PRIVILEGE_LDAP_READ",
  "PRIVILEGE_LOCAL_GROUP_READ",
  "PRIVILEGE_LOCAL_USER_READ",
  "PRIVILEGE_METRICS_READ",
  "PRIVILEGE_NETWORK_IP_ALLOCATION_READ",
  "PRIVILEGE_NETWORK_READ",
  "PRIVILEGE_NFS_EXPORT_READ",
  "PRIVILEGE_QUOTA_READ",
  "PRIVILEGE_RECONCILER_READ",
  "PRIVILEGE_REPLICATION_SOURCE_READ",
  "PRIVILEGE_REPLICATION_TARGET_READ",
  "PRIVILEGE_ROLE_READ",
  "PRIVILEGE_SMB_SHARE_READ",
  "PRIVILEGE_SNAPSHOT_CALCULATE_USED_CAPACITY_READ",
  "PRIVILEGE_SNAPSHOT_DIFFERENCE_READ",
  "PRIVILEGE_SNAPSHOT_POLICY_READ",
  "PRIVILEGE_SNAPSHOT_READ",
  "PRIVILEGE_SUPPORT_READ",
  "PRIVILEGE_TIME_READ",
  "PRIVILEGE_UNCONFIGURED_NODE_READ",
  "PRIVILEGE_UPGRADE_READ",
  "PRIVILEGE_SMB_FILE_HANDLE_READ",
  "PRIVILEGE_SMB_SESSION_READ",
  "PRIVILEGE_REPLICATION_OBJECT_READ",
  "PRIVILEGE_ENCRYPTION_READ",
  "PRIVILEGE_NFS_SETTINGS_READ",
  "PRIVILEGE_REBOOT_READ",
  "PRIVILEGE_CHECKSUMMING_READ",
  "PRIVILEGE_S3_SETTINGS_READ",
  "PRIVILEGE_TENANT_READ",
  "PRIVILEGE_S3_BUCKETS_READ",
  "PRIVILEGE_S3_UPLOADS_READ",
];

const neverForSupport: ReadonlySet<string> = new Set<PrivilegeName>([
  // These show secrets, or delete.
  "PRIVILEGE_KERBEROS_KEYTAB_READ",
  "PRIVILEGE_KV_READ",
  "PRIVILEGE_OBJECT_STORAGE_CONFIG_READ",
]);

const actionsOfSupport: ReadonlySet<string> = new Set<PrivilegeName>([
  "PRIVILEGE_AD_USE",
  "PRIVILEGE_DEBUG",
  "PRIVILEGE_DNS_USE",
  "PRIVILEGE_LDAP_USE",
  "PRIVILEGE_REBOOT_USE",
]);

/**
 * What the role Qumulo-Support allows, in the order of the enumeration: to read configuration, to debug, to ask
 * directories and name servers, to reboot; not to see files.
 *
 * @see Qumulo docs, RBAC guide, for the purpose; the list is assumed
 */
export const supportPrivileges: readonly string[] = privilegeNames.filter(
  (name) => actionsOfSupport.has(name) || (name.endsWith("_READ") && !neverForSupport.has(name)),
);

/**
 * Adds the roles that every new cluster has, with their first members.
 *
 * @see Qumulo docs, RBAC guide, for names; descriptions and members are assumed
 */
export function addBuiltInRoles(context: Context): void {
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
  for (const role of roles) addRole(context, role);
  addMember(context, "Administrators", wellKnownIds.admin);
  const { administratorsGroupHoldsRole, supportRole } = context.variations;
  if (administratorsGroupHoldsRole === true) addMember(context, "Administrators", wellKnownIds.administrators);
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
  addRole(context, { name: supportRoleName, description, privileges: supportPrivileges });
  addMember(context, supportRoleName, authIds.support);
}

function addRole(context: Context, role: Pick<RoleRecord, "name" | "description" | "privileges">): void {
  context.store.put("roles", roleKey(role.name), { ...role, builtIn: true, revision: nextRevision(context) });
}

function addMember(context: Context, roleName: string, authId: string): void {
  const role = roleKey(roleName);
  context.store.put("roleMembers", roleMemberKey(role, authId), { role, authId });
}
