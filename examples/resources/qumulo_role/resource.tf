resource "qumulo_role" "reader" {
  name        = "backup-reader"
  description = "What the backup program reads"
  privileges = [
    "PRIVILEGE_CLUSTER_READ",
    "PRIVILEGE_QUOTA_READ",
    "PRIVILEGE_SNAPSHOT_READ",
  ]
}
