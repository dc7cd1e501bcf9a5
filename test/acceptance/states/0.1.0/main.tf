resource "qumulo_local_group" "schedulers" {
  name = "schedulers"
  gid  = "7001"
}

resource "qumulo_local_user" "backup" {
  name = "svc-backup"
}

resource "qumulo_local_user" "operator" {
  name           = "operator"
  primary_group  = qumulo_local_group.schedulers.id
  uid            = "5001"
  home_directory = "/home/operator"
  password       = "Example-Passw0rd-1"
  timeouts {
    create = "2m"
  }
}

resource "qumulo_local_group_member" "backup" {
  group_id  = qumulo_local_group.schedulers.id
  member_id = qumulo_local_user.backup.id
}

resource "qumulo_role" "reader" {
  name        = "backup-reader"
  description = "What the backup program reads"
  privileges  = ["PRIVILEGE_QUOTA_READ", "PRIVILEGE_SNAPSHOT_READ"]
}

resource "qumulo_role" "quotas" {
  name       = "quota-reader"
  privileges = ["PRIVILEGE_QUOTA_READ"]
}

resource "qumulo_role_member" "backup" {
  role_name = qumulo_role.reader.name
  auth_id   = qumulo_local_user.backup.id
}

resource "qumulo_role_member" "nfs_user" {
  role_name = "Observers"
  uid       = "6001"
}

resource "qumulo_role_members" "quotas" {
  role_name = qumulo_role.quotas.name
  members   = ["local:operator", "uid:6002"]

  depends_on = [qumulo_local_user.operator]
}

variable "keeper" {
  default = "second"
}

resource "qumulo_access_token" "endless" {
  user = "auth_id:${qumulo_local_user.backup.id}"
}

resource "qumulo_access_token" "ending" {
  user            = "local:${qumulo_local_user.operator.name}"
  expiration_time = "2027-01-31T12:00:00+01:00"
  enabled         = false
}

# Rotated once: the token before it still works.
resource "qumulo_access_token" "rotated" {
  user                 = "auth_id:${qumulo_local_user.rotated.id}"
  expires_in           = "90d"
  rotate_before_expiry = "14d"
  overlap              = "48h"
  rotate_when_changed = {
    keeper = var.keeper
  }
}

resource "qumulo_local_user" "rotated" {
  name                = "svc-rotated"
  password_wo         = "Example-Passw0rd-2"
  password_wo_version = "1"
}

resource "qumulo_access_token" "encrypted" {
  user       = "local:${qumulo_local_user.encrypted.name}"
  expires_in = "30d"
  encrypt_to = "age1avfdzvjltycr03upxdvcngelhpk9fszmfpt7ars68x22tmk8lycs88z8gg"
}

resource "qumulo_local_user" "encrypted" {
  name = "svc-encrypted"
}
