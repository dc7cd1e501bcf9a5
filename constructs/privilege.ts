// Written by "npm run generate:privileges" from src/vocabulary. Do not edit.
import type { PrivilegeName } from "../src/vocabulary/privileges.ts";

/**
 * The privileges that Qumulo Core 7.8.2 knows, each with what it allows and what it can do in the wrong hands. Plain
 * names such as `"PRIVILEGE_QUOTA_READ"` mean the same.
 *
 * @example
 * new Role(this, "reader", { name: "backup-reader", privileges: [Privilege.QUOTA_READ, Privilege.SNAPSHOT_READ] });
 */
export const Privilege = {
  /** View how the cluster is joined to Active Directory. Risk: none. */
  AD_READ: "PRIVILEGE_AD_READ",
  /** Ask Active Directory questions by way of the cluster. Risk: none. */
  AD_USE: "PRIVILEGE_AD_USE",
  /** Join, leave or reconfigure Active Directory. Risk: escalation, leads to administrator rights or to acting as someone else. */
  AD_WRITE: "PRIVILEGE_AD_WRITE",
  /** View who uses the cluster, and for what: activity and capacity over time. Risk: none. */
  ANALYTICS_READ: "PRIVILEGE_ANALYTICS_READ",
  /** View where the audit log goes. Risk: none. */
  AUDIT_READ: "PRIVILEGE_AUDIT_READ",
  /** Change where the audit log goes, or turn it off. Risk: tamper, weakens trails or protection. */
  AUDIT_WRITE: "PRIVILEGE_AUDIT_WRITE",
  /** View how long looked-up identities are remembered. Risk: internal, no known effect outside Qumulo. */
  AUTH_CACHE_READ: "PRIVILEGE_AUTH_CACHE_READ",
  /** Change how long looked-up identities are remembered. Risk: internal, no known effect outside Qumulo. */
  AUTH_CACHE_WRITE: "PRIVILEGE_AUTH_CACHE_WRITE",
  /** View nodes, drives, protection and the TLS certificate. Risk: none. */
  CLUSTER_READ: "PRIVILEGE_CLUSTER_READ",
  /** Change settings of the cluster as a whole. Risk: escalation, leads to administrator rights or to acting as someone else. */
  CLUSTER_WRITE: "PRIVILEGE_CLUSTER_WRITE",
  /** Run diagnostic operations of any kind. Risk: escalation, leads to administrator rights or to acting as someone else. */
  DEBUG: "PRIVILEGE_DEBUG",
  /** View which name servers the cluster asks. Risk: none. */
  DNS_READ: "PRIVILEGE_DNS_READ",
  /** Look names up by way of the cluster. Risk: none. */
  DNS_USE: "PRIVILEGE_DNS_USE",
  /** Change which name servers the cluster asks. Risk: availability, can interrupt service. */
  DNS_WRITE: "PRIVILEGE_DNS_WRITE",
  /** Read and change all files, regardless of their permissions. Risk: data, bypasses file permissions. */
  FILE_FULL_ACCESS: "PRIVILEGE_FILE_FULL_ACCESS",
  /** View totals of the file system. Risk: none. */
  FS_ATTRIBUTES_READ: "PRIVILEGE_FS_ATTRIBUTES_READ",
  /** Watch directory trees being deleted. Risk: none. */
  FS_DELETE_TREE_READ: "PRIVILEGE_FS_DELETE_TREE_READ",
  /** Delete whole directory trees, regardless of permissions. Risk: data, bypasses file permissions. */
  FS_DELETE_TREE_WRITE: "PRIVILEGE_FS_DELETE_TREE_WRITE",
  /** View which clients hold or wait for file locks. Risk: none. */
  FS_LOCK_READ: "PRIVILEGE_FS_LOCK_READ",
  /** Release file locks that clients hold. Risk: availability, can interrupt service. */
  FS_LOCK_WRITE: "PRIVILEGE_FS_LOCK_WRITE",
  /** View how the file system treats permissions. Risk: none. */
  FS_SETTINGS_READ: "PRIVILEGE_FS_SETTINGS_READ",
  /** Change how the file system treats permissions. Risk: tamper, weakens trails or protection. */
  FS_SETTINGS_WRITE: "PRIVILEGE_FS_SETTINGS_WRITE",
  /** View the FTP server's settings. Risk: none. */
  FTP_READ: "PRIVILEGE_FTP_READ",
  /** Change the FTP server's settings. Risk: tamper, weakens trails or protection. */
  FTP_WRITE: "PRIVILEGE_FTP_WRITE",
  /** View which directory users were declared to be the same person. Risk: none. */
  IDENTITY_MAPPING_READ: "PRIVILEGE_IDENTITY_MAPPING_READ",
  /** Declare users of two directories to be the same person. Risk: escalation, leads to administrator rights or to acting as someone else. */
  IDENTITY_MAPPING_WRITE: "PRIVILEGE_IDENTITY_MAPPING_WRITE",
  /** Resolve identities, and find their equivalents and groups. Risk: none. */
  IDENTITY_READ: "PRIVILEGE_IDENTITY_READ",
  /** Set attributes of identities, and drop remembered ones. Risk: tamper, weakens trails or protection. */
  IDENTITY_WRITE: "PRIVILEGE_IDENTITY_WRITE",
  /** View the Kerberos key table. Risk: secret, shows secrets. */
  KERBEROS_KEYTAB_READ: "PRIVILEGE_KERBEROS_KEYTAB_READ",
  /** Replace the Kerberos key table. Risk: escalation, leads to administrator rights or to acting as someone else. */
  KERBEROS_KEYTAB_WRITE: "PRIVILEGE_KERBEROS_KEYTAB_WRITE",
  /** View the Kerberos settings. Risk: none. */
  KERBEROS_SETTINGS_READ: "PRIVILEGE_KERBEROS_SETTINGS_READ",
  /** Change the Kerberos settings. Risk: escalation, leads to administrator rights or to acting as someone else. */
  KERBEROS_SETTINGS_WRITE: "PRIVILEGE_KERBEROS_SETTINGS_WRITE",
  /** Read and remove key-value entries of all users; deprecated. Risk: tamper, weakens trails or protection. */
  KV_READ: "PRIVILEGE_KV_READ",
  /** View the LDAP connection's settings. Risk: none. */
  LDAP_READ: "PRIVILEGE_LDAP_READ",
  /** Ask the LDAP server questions by way of the cluster. Risk: none. */
  LDAP_USE: "PRIVILEGE_LDAP_USE",
  /** Change the LDAP connection's settings. Risk: escalation, leads to administrator rights or to acting as someone else. */
  LDAP_WRITE: "PRIVILEGE_LDAP_WRITE",
  /** View local groups and who belongs to them. Risk: none. */
  LOCAL_GROUP_READ: "PRIVILEGE_LOCAL_GROUP_READ",
  /** Create, change and delete local groups, and choose who belongs to them. Risk: escalation, leads to administrator rights or to acting as someone else. */
  LOCAL_GROUP_WRITE: "PRIVILEGE_LOCAL_GROUP_WRITE",
  /** View local users. Risk: none. */
  LOCAL_USER_READ: "PRIVILEGE_LOCAL_USER_READ",
  /** Create, change and delete local users, and set their passwords. Risk: escalation, leads to administrator rights or to acting as someone else. */
  LOCAL_USER_WRITE: "PRIVILEGE_LOCAL_USER_WRITE",
  /** Read what the cluster measures. Risk: none. */
  METRICS_READ: "PRIVILEGE_METRICS_READ",
  /** View which node answers at which address. Risk: none. */
  NETWORK_IP_ALLOCATION_READ: "PRIVILEGE_NETWORK_IP_ALLOCATION_READ",
  /** View network settings and their state. Risk: none. */
  NETWORK_READ: "PRIVILEGE_NETWORK_READ",
  /** Change network settings. Risk: availability, can interrupt service. */
  NETWORK_WRITE: "PRIVILEGE_NETWORK_WRITE",
  /** View NFS exports. Risk: none. */
  NFS_EXPORT_READ: "PRIVILEGE_NFS_EXPORT_READ",
  /** Create, change and delete NFS exports. Risk: data, bypasses file permissions. */
  NFS_EXPORT_WRITE: "PRIVILEGE_NFS_EXPORT_WRITE",
  /** Turn nodes off and on. Risk: availability, can interrupt service. */
  POWER_CYCLE: "PRIVILEGE_POWER_CYCLE",
  /** View directory quotas. Risk: none. */
  QUOTA_READ: "PRIVILEGE_QUOTA_READ",
  /** Create, change and delete directory quotas. Risk: availability, can interrupt service. */
  QUOTA_WRITE: "PRIVILEGE_QUOTA_WRITE",
  /** View the reconciler's progress. Risk: none. */
  RECONCILER_READ: "PRIVILEGE_RECONCILER_READ",
  /** Exchange source and target of a replication. Risk: data, bypasses file permissions. */
  REPLICATION_REVERSE_RELATIONSHIP: "PRIVILEGE_REPLICATION_REVERSE_RELATIONSHIP",
  /** View replications that leave this cluster. Risk: none. */
  REPLICATION_SOURCE_READ: "PRIVILEGE_REPLICATION_SOURCE_READ",
  /** Set up replications that leave this cluster. Risk: data, bypasses file permissions. */
  REPLICATION_SOURCE_WRITE: "PRIVILEGE_REPLICATION_SOURCE_WRITE",
  /** View replications that arrive at this cluster. Risk: none. */
  REPLICATION_TARGET_READ: "PRIVILEGE_REPLICATION_TARGET_READ",
  /** Accept and control replications that arrive at this cluster. Risk: data, bypasses file permissions. */
  REPLICATION_TARGET_WRITE: "PRIVILEGE_REPLICATION_TARGET_WRITE",
  /** View roles, their privileges and their members. Risk: none. */
  ROLE_READ: "PRIVILEGE_ROLE_READ",
  /** Create, change and delete roles, and choose their members. Risk: escalation, leads to administrator rights or to acting as someone else. */
  ROLE_WRITE: "PRIVILEGE_ROLE_WRITE",
  /** View SMB shares and the SMB server's settings. Risk: none. */
  SMB_SHARE_READ: "PRIVILEGE_SMB_SHARE_READ",
  /** Create, change and delete SMB shares, and change the SMB server's settings. Risk: data, bypasses file permissions. */
  SMB_SHARE_WRITE: "PRIVILEGE_SMB_SHARE_WRITE",
  /** Have the space that snapshots take counted again. Risk: none. */
  SNAPSHOT_CALCULATE_USED_CAPACITY_READ: "PRIVILEGE_SNAPSHOT_CALCULATE_USED_CAPACITY_READ",
  /** View what changed from one snapshot to another. Risk: none. */
  SNAPSHOT_DIFFERENCE_READ: "PRIVILEGE_SNAPSHOT_DIFFERENCE_READ",
  /** View snapshot schedules. Risk: none. */
  SNAPSHOT_POLICY_READ: "PRIVILEGE_SNAPSHOT_POLICY_READ",
  /** Create, change and delete snapshot schedules. Risk: availability, can interrupt service. */
  SNAPSHOT_POLICY_WRITE: "PRIVILEGE_SNAPSHOT_POLICY_WRITE",
  /** View snapshots and how large they are. Risk: none. */
  SNAPSHOT_READ: "PRIVILEGE_SNAPSHOT_READ",
  /** Create, change and delete snapshots. Risk: availability, can interrupt service. */
  SNAPSHOT_WRITE: "PRIVILEGE_SNAPSHOT_WRITE",
  /** View how the vendor may monitor and reach the cluster. Risk: none. */
  SUPPORT_READ: "PRIVILEGE_SUPPORT_READ",
  /** Change how the vendor may monitor and reach the cluster. Risk: escalation, leads to administrator rights or to acting as someone else. */
  SUPPORT_WRITE: "PRIVILEGE_SUPPORT_WRITE",
  /** Do what exists for the vendor's tests. Risk: escalation, leads to administrator rights or to acting as someone else. */
  TEST_ONLY: "PRIVILEGE_TEST_ONLY",
  /** View the cluster's time and where it comes from. Risk: none. */
  TIME_READ: "PRIVILEGE_TIME_READ",
  /** Change where the cluster's time comes from. Risk: tamper, weakens trails or protection. */
  TIME_WRITE: "PRIVILEGE_TIME_WRITE",
  /** View nodes that belong to no cluster yet. Risk: none. */
  UNCONFIGURED_NODE_READ: "PRIVILEGE_UNCONFIGURED_NODE_READ",
  /** View the progress and the settings of upgrades. Risk: none. */
  UPGRADE_READ: "PRIVILEGE_UPGRADE_READ",
  /** Install another version of Qumulo Core. Risk: escalation, leads to administrator rights or to acting as someone else. */
  UPGRADE_WRITE: "PRIVILEGE_UPGRADE_WRITE",
  /** View files that SMB clients hold open. Risk: none. */
  SMB_FILE_HANDLE_READ: "PRIVILEGE_SMB_FILE_HANDLE_READ",
  /** Close files that SMB clients hold open. Risk: availability, can interrupt service. */
  SMB_FILE_HANDLE_WRITE: "PRIVILEGE_SMB_FILE_HANDLE_WRITE",
  /** View which SMB clients are connected. Risk: none. */
  SMB_SESSION_READ: "PRIVILEGE_SMB_SESSION_READ",
  /** Disconnect SMB clients. Risk: availability, can interrupt service. */
  SMB_SESSION_WRITE: "PRIVILEGE_SMB_SESSION_WRITE",
  /** View copy relationships with object stores. Risk: none. */
  REPLICATION_OBJECT_READ: "PRIVILEGE_REPLICATION_OBJECT_READ",
  /** Set up copy relationships with object stores. Risk: data, bypasses file permissions. */
  REPLICATION_OBJECT_WRITE: "PRIVILEGE_REPLICATION_OBJECT_WRITE",
  /** Exchange the keys that encrypt stored data. Risk: availability, can interrupt service. */
  ENCRYPTION_WRITE: "PRIVILEGE_ENCRYPTION_WRITE",
  /** View whether stored data is encrypted. Risk: none. */
  ENCRYPTION_READ: "PRIVILEGE_ENCRYPTION_READ",
  /** View the NFS server's settings. Risk: internal, no known effect outside Qumulo. */
  NFS_SETTINGS_READ: "PRIVILEGE_NFS_SETTINGS_READ",
  /** Change the NFS server's settings. Risk: availability, can interrupt service. */
  NFS_SETTINGS_WRITE: "PRIVILEGE_NFS_SETTINGS_WRITE",
  /** Change the public keys that services trust. Risk: escalation, leads to administrator rights or to acting as someone else. */
  SERVICE_PUBLIC_KEYS_WRITE: "PRIVILEGE_SERVICE_PUBLIC_KEYS_WRITE",
  /** View the public keys that services trust. Risk: internal, no known effect outside Qumulo. */
  SERVICE_PUBLIC_KEYS_READ: "PRIVILEGE_SERVICE_PUBLIC_KEYS_READ",
  /** View what the cluster is told to measure. Risk: none. */
  METRICS_CONFIG_READ: "PRIVILEGE_METRICS_CONFIG_READ",
  /** Choose what the cluster measures. Risk: none. */
  METRICS_CONFIG_WRITE: "PRIVILEGE_METRICS_CONFIG_WRITE",
  /** Restart nodes. Risk: availability, can interrupt service. */
  REBOOT_USE: "PRIVILEGE_REBOOT_USE",
  /** Watch nodes being restarted. Risk: none. */
  REBOOT_READ: "PRIVILEGE_REBOOT_READ",
  /** View whether stored data is verified by checksums. Risk: none. */
  CHECKSUMMING_READ: "PRIVILEGE_CHECKSUMMING_READ",
  /** View the S3 server's settings. Risk: none. */
  S3_SETTINGS_READ: "PRIVILEGE_S3_SETTINGS_READ",
  /** Change the S3 server's settings. Risk: availability, can interrupt service. */
  S3_SETTINGS_WRITE: "PRIVILEGE_S3_SETTINGS_WRITE",
  /** Change the login banner and the idle limit of the web interface. Risk: none. */
  WEB_UI_SETTINGS_WRITE: "PRIVILEGE_WEB_UI_SETTINGS_WRITE",
  /** View which users have S3 access keys. Risk: none. */
  S3_CREDENTIALS_READ: "PRIVILEGE_S3_CREDENTIALS_READ",
  /** Create and delete S3 access keys for any user. Risk: data, bypasses file permissions. */
  S3_CREDENTIALS_WRITE: "PRIVILEGE_S3_CREDENTIALS_WRITE",
  /** View tenants. Risk: none. */
  TENANT_READ: "PRIVILEGE_TENANT_READ",
  /** Create, change and delete tenants. Risk: escalation, leads to administrator rights or to acting as someone else. */
  TENANT_WRITE: "PRIVILEGE_TENANT_WRITE",
  /** View the single sign-on settings. Risk: none. */
  SAML_SETTINGS_READ: "PRIVILEGE_SAML_SETTINGS_READ",
  /** Change the single sign-on settings. Risk: escalation, leads to administrator rights or to acting as someone else. */
  SAML_SETTINGS_WRITE: "PRIVILEGE_SAML_SETTINGS_WRITE",
  /** View S3 buckets and their policies. Risk: none. */
  S3_BUCKETS_READ: "PRIVILEGE_S3_BUCKETS_READ",
  /** Create and delete S3 buckets, and change their policies. Risk: tamper, weakens trails or protection. */
  S3_BUCKETS_WRITE: "PRIVILEGE_S3_BUCKETS_WRITE",
  /** View the access tokens of all users, without their secrets. Risk: none. */
  ACCESS_TOKENS_READ: "PRIVILEGE_ACCESS_TOKENS_READ",
  /** Create, change and delete access tokens of all users. Risk: escalation, leads to administrator rights or to acting as someone else. */
  ACCESS_TOKENS_WRITE: "PRIVILEGE_ACCESS_TOKENS_WRITE",
  /** View unfinished S3 uploads of all users. Risk: none. */
  S3_UPLOADS_READ: "PRIVILEGE_S3_UPLOADS_READ",
  /** Abort unfinished S3 uploads of all users. Risk: availability, can interrupt service. */
  S3_UPLOADS_WRITE: "PRIVILEGE_S3_UPLOADS_WRITE",
  /** Protect snapshots from deletion, and lift that protection. Risk: tamper, weakens trails or protection. */
  SNAPSHOT_LOCK: "PRIVILEGE_SNAPSHOT_LOCK",
  /** Add, change and remove the public keys that guard protected data. Risk: tamper, weakens trails or protection. */
  FS_KEY_MANAGEMENT_WRITE: "PRIVILEGE_FS_KEY_MANAGEMENT_WRITE",
  /** View the public keys that guard protected data. Risk: none. */
  FS_KEY_MANAGEMENT_READ: "PRIVILEGE_FS_KEY_MANAGEMENT_READ",
  /** Choose which directories tenants take their identities from. Risk: escalation, leads to administrator rights or to acting as someone else. */
  IDENTITY_CONFIG_WRITE: "PRIVILEGE_IDENTITY_CONFIG_WRITE",
  /** View which directories tenants take their identities from. Risk: none. */
  IDENTITY_CONFIG_READ: "PRIVILEGE_IDENTITY_CONFIG_READ",
  /** Read all files, regardless of their permissions. Risk: data, bypasses file permissions. */
  FILE_READ_ACCESS: "PRIVILEGE_FILE_READ_ACCESS",
  /** View spoke portals, the ends that cache remote data. Risk: none. */
  PORTAL_SPOKE_READ: "PRIVILEGE_PORTAL_SPOKE_READ",
  /** Create, change and delete spoke portals. Risk: data, bypasses file permissions. */
  PORTAL_SPOKE_WRITE: "PRIVILEGE_PORTAL_SPOKE_WRITE",
  /** Drop what a spoke portal has cached. Risk: availability, can interrupt service. */
  PORTAL_SPOKE_EVICT: "PRIVILEGE_PORTAL_SPOKE_EVICT",
  /** View hub portals, the ends that lend local data. Risk: none. */
  PORTAL_HUB_READ: "PRIVILEGE_PORTAL_HUB_READ",
  /** Authorize, change and delete hub portals. Risk: data, bypasses file permissions. */
  PORTAL_HUB_WRITE: "PRIVILEGE_PORTAL_HUB_WRITE",
  /** View settings that all portals share. Risk: none. */
  PORTAL_GLOBAL_READ: "PRIVILEGE_PORTAL_GLOBAL_READ",
  /** Put files under retention or legal hold, and extend it. Risk: tamper, weakens trails or protection. */
  FS_FILE_LOCK_WRITE: "PRIVILEGE_FS_FILE_LOCK_WRITE",
  /** View whether the cluster is licensed. Risk: none. */
  LICENSE_READ: "PRIVILEGE_LICENSE_READ",
  /** View the limit on a cloud cluster's capacity. Risk: none. */
  CAPACITY_READ: "PRIVILEGE_CAPACITY_READ",
  /** Change the limit on a cloud cluster's capacity. Risk: availability, can interrupt service. */
  CAPACITY_WRITE: "PRIVILEGE_CAPACITY_WRITE",
  /** View where a cloud cluster keeps its objects. Risk: none. */
  OBJECT_STORAGE_URIS_READ: "PRIVILEGE_OBJECT_STORAGE_URIS_READ",
  /** Add places where a cloud cluster keeps its objects. Risk: availability, can interrupt service. */
  OBJECT_STORAGE_URIS_WRITE: "PRIVILEGE_OBJECT_STORAGE_URIS_WRITE",
  /** Change when a drive counts as failed, and readmit one that did. Risk: availability, can interrupt service. */
  DISK_ERROR_WRITE: "PRIVILEGE_DISK_ERROR_WRITE",
  /** View when a drive counts as failed, and which one did. Risk: internal, no known effect outside Qumulo. */
  DISK_ERROR_READ: "PRIVILEGE_DISK_ERROR_READ",
  /** View how a cloud cluster reaches its objects, credentials included. Risk: secret, shows secrets. */
  OBJECT_STORAGE_CONFIG_READ: "PRIVILEGE_OBJECT_STORAGE_CONFIG_READ",
  /** Change how a cloud cluster reaches its objects, credentials included. Risk: data, bypasses file permissions. */
  OBJECT_STORAGE_CONFIG_WRITE: "PRIVILEGE_OBJECT_STORAGE_CONFIG_WRITE",
} as const satisfies Readonly<Record<string, PrivilegeName>>;

/** The name of a privilege. Editors offer those known here; newer clusters may know more. */
export type Privilege = PrivilegeName | (string & Record<never, never>);
