import type { PrivilegeName } from "../src/vocabulary/privileges.ts";
import { Privilege } from "./privilege.ts";

/**
 * Sets of privileges by task, each with no more than the task needs. A copy each time, to be added to freely.
 *
 * @example
 * new Role(this, "monitoring", { name: "monitoring", privileges: Privileges.readOnlyMonitoring() });
 * @example
 * new Role(this, "projects", { name: "projects", privileges: [...Privileges.quotas(), ...Privileges.snapshots()] });
 */
export const Privileges = {
  /**
   * Watching health, load and capacity. Changes nothing, and sees no file.
   *
   * - `CLUSTER_READ`: nodes, drives and how well data is protected
   * - `METRICS_READ`: what the cluster measures, for Prometheus, say
   * - `ANALYTICS_READ`: activity and capacity over time, by client and path
   * - `FS_ATTRIBUTES_READ`: totals of the file system
   * - `NETWORK_READ`: the state of the network
   */
  readOnlyMonitoring: (): PrivilegeName[] => [
    Privilege.CLUSTER_READ,
    Privilege.METRICS_READ,
    Privilege.ANALYTICS_READ,
    Privilege.FS_ATTRIBUTES_READ,
    Privilege.NETWORK_READ,
  ],

  /**
   * Taking and deleting snapshots. **Availability:** who can delete snapshots can delete what a restore needs.
   *
   * - `SNAPSHOT_READ`: which snapshots there are, and their size
   * - `SNAPSHOT_WRITE`: create, change and delete them
   */
  snapshots: (): PrivilegeName[] => [Privilege.SNAPSHOT_READ, Privilege.SNAPSHOT_WRITE],

  /**
   * Managing the schedules by which the cluster takes and deletes snapshots. **Availability:** a schedule with a short
   * life is one that keeps nothing.
   *
   * - `SNAPSHOT_POLICY_READ`: which schedules there are
   * - `SNAPSHOT_POLICY_WRITE`: create, change and delete them
   */
  snapshotPolicies: (): PrivilegeName[] => [Privilege.SNAPSHOT_POLICY_READ, Privilege.SNAPSHOT_POLICY_WRITE],

  /**
   * Backing files up from snapshots through the REST API. **Data:** reads every file, regardless of permissions.
   * **Availability:** can delete snapshots.
   *
   * - `SNAPSHOT_READ`: which snapshots there are
   * - `SNAPSHOT_WRITE`: take one for the backup, and delete it afterwards
   * - `SNAPSHOT_DIFFERENCE_READ`: what changed since the last backup
   * - `FILE_READ_ACCESS`: read all files (Qumulo Core 6.2.0 or later)
   */
  fileBackup: (): PrivilegeName[] => [
    Privilege.SNAPSHOT_READ,
    Privilege.SNAPSHOT_WRITE,
    Privilege.SNAPSHOT_DIFFERENCE_READ,
    Privilege.FILE_READ_ACCESS,
  ],

  /**
   * Replicating directories from this cluster to another. **Data:** copies any directory to a place where its readers
   * may be others.
   *
   * - `REPLICATION_SOURCE_READ`: which replications leave this cluster, and their state
   * - `REPLICATION_SOURCE_WRITE`: set them up, change and delete them
   */
  replicationSource: (): PrivilegeName[] => [Privilege.REPLICATION_SOURCE_READ, Privilege.REPLICATION_SOURCE_WRITE],

  /**
   * Accepting replications from another cluster. **Data:** what arrives replaces what is in the directory.
   *
   * - `REPLICATION_TARGET_READ`: which replications arrive at this cluster, and their state
   * - `REPLICATION_TARGET_WRITE`: authorize and control them
   */
  replicationTarget: (): PrivilegeName[] => [Privilege.REPLICATION_TARGET_READ, Privilege.REPLICATION_TARGET_WRITE],

  /**
   * Reporting how full directories are, against their quotas. Changes nothing.
   *
   * - `QUOTA_READ`: which quotas there are, and how much of them is used
   */
  quotaReading: (): PrivilegeName[] => [Privilege.QUOTA_READ],

  /**
   * Managing directory quotas. **Availability:** a quota that is too small stops all writing to its directory.
   *
   * - `QUOTA_READ`: which quotas there are, and how much of them is used
   * - `QUOTA_WRITE`: create, change and delete them
   */
  quotas: (): PrivilegeName[] => [Privilege.QUOTA_READ, Privilege.QUOTA_WRITE],

  /**
   * Managing NFS exports. **Data:** an export can give any client any directory, as root.
   *
   * - `NFS_EXPORT_READ`: which exports there are
   * - `NFS_EXPORT_WRITE`: create, change and delete them
   */
  nfsExports: (): PrivilegeName[] => [Privilege.NFS_EXPORT_READ, Privilege.NFS_EXPORT_WRITE],

  /**
   * Managing SMB shares. **Data:** a share can open any directory; the same privilege changes the SMB server's settings.
   *
   * - `SMB_SHARE_READ`: which shares there are
   * - `SMB_SHARE_WRITE`: create, change and delete them
   */
  smbShares: (): PrivilegeName[] => [Privilege.SMB_SHARE_READ, Privilege.SMB_SHARE_WRITE],

  /**
   * Checking that the audit log is on and goes where it should. Changes nothing, and shows no entry of the log.
   *
   * - `AUDIT_READ`: where the audit log goes
   */
  auditReading: (): PrivilegeName[] => [Privilege.AUDIT_READ],

  /**
   * Reviewing who has access to the cluster. Changes nothing, and shows no secret.
   *
   * - `ACCESS_TOKENS_READ`: the access tokens of all users
   * - `ROLE_READ`: roles, their privileges and their members
   * - `LOCAL_USER_READ`: local users
   * - `LOCAL_GROUP_READ`: local groups and their members
   * - `IDENTITY_READ`: who is behind an id
   */
  accessReview: (): PrivilegeName[] => [
    Privilege.ACCESS_TOKENS_READ,
    Privilege.ROLE_READ,
    Privilege.LOCAL_USER_READ,
    Privilege.LOCAL_GROUP_READ,
    Privilege.IDENTITY_READ,
  ],

  /**
   * Deploying programs that use this library. **Escalation:** who has these can make themselves an administrator. Give
   * them to the identity that deploys, and to nobody else.
   *
   * - `ACCESS_TOKENS_READ`, `ACCESS_TOKENS_WRITE`: issue, rotate and delete access tokens
   * - `ROLE_READ`, `ROLE_WRITE`: make roles and choose their members
   * - `LOCAL_USER_READ`, `LOCAL_USER_WRITE`: make service accounts
   * - `LOCAL_GROUP_READ`, `LOCAL_GROUP_WRITE`: make local groups and choose their members
   * - `IDENTITY_READ`: tell whom a name or an id means
   */
  accessManagement: (): PrivilegeName[] => [
    Privilege.ACCESS_TOKENS_READ,
    Privilege.ACCESS_TOKENS_WRITE,
    Privilege.ROLE_READ,
    Privilege.ROLE_WRITE,
    Privilege.LOCAL_USER_READ,
    Privilege.LOCAL_USER_WRITE,
    Privilege.LOCAL_GROUP_READ,
    Privilege.LOCAL_GROUP_WRITE,
    Privilege.IDENTITY_READ,
  ],
} as const;
