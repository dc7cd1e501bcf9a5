variable "second_port" {
  type = number
}

variable "second_password" {
  type      = string
  sensitive = true
}

provider "qumulo" {
  max_retries = 1
}

provider "qumulo" {
  alias    = "second"
  host     = "127.0.0.1"
  port     = var.second_port
  username = "admin"
  password = var.second_password
  insecure = true
}

data "qumulo_who_am_i" "me" {}

data "qumulo_role" "observers" {
  name = "Observers"
}

module "account" {
  source = "./account"
  for_each = {
    backup  = ["PRIVILEGE_FILE_FULL_ACCESS", "PRIVILEGE_SNAPSHOT_WRITE"]
    metrics = ["PRIVILEGE_METRICS_READ"]
  }
  name       = "svc-${each.key}"
  privileges = each.value
}

module "elsewhere" {
  source     = "./account"
  name       = "svc-elsewhere"
  privileges = ["PRIVILEGE_QUOTA_READ"]
  providers  = { qumulo = qumulo.second }
}

resource "qumulo_local_user" "operator" {
  name     = "operator"
  password = "Canary-Password-1"
}

resource "qumulo_local_user" "leaver" {
  name = "leaver"
}

resource "qumulo_local_user" "sharer" {
  for_each = toset(["one", "two"])
  name     = "sharer-${each.key}"
}

resource "qumulo_local_group" "operators" {
  name = "operators"
}

resource "qumulo_local_group_member" "operator" {
  group_id  = qumulo_local_group.operators.id
  member_id = qumulo_local_user.operator.id
}

resource "qumulo_role" "operations" {
  name       = "operations"
  privileges = ["PRIVILEGE_NETWORK_READ", "PRIVILEGE_QUOTA_WRITE"]
}

resource "qumulo_role_members" "operations" {
  role_name = qumulo_role.operations.name
  members   = ["auth_id:${qumulo_local_group.operators.id}"]
}

resource "qumulo_role" "accounts" {
  name       = "accounts"
  privileges = ["PRIVILEGE_ACCESS_TOKENS_WRITE", "PRIVILEGE_LOCAL_USER_WRITE"]
}

resource "qumulo_role_member" "sharer" {
  for_each  = qumulo_local_user.sharer
  role_name = qumulo_role.accounts.name
  auth_id   = each.value.id
}

resource "qumulo_role" "empty" {
  name       = "empty"
  privileges = []
}

resource "qumulo_role_member" "leaver" {
  role_name = "Observers"
  auth_id   = qumulo_local_user.leaver.id
}

resource "qumulo_access_token" "leaver" {
  user       = "local:${qumulo_local_user.leaver.name}"
  enabled    = false
  expires_in = "90d"
}

resource "qumulo_access_token" "keyed" {
  user                = "local:${qumulo_local_user.operator.name}"
  expires_in          = "90d"
  rotate_when_changed = { keeper = "one" }
  # Its user is to gain more.
  allow_administrator = true
}

resource "qumulo_access_token" "replaced" {
  user       = "local:${qumulo_local_user.sharer["one"].name}"
  expires_in = "90d"
  # Its user can gain more.
  allow_administrator = true
}

resource "qumulo_access_token" "forgotten" {
  user       = "local:${qumulo_local_user.sharer["two"].name}"
  expires_in = "90d"
  # Its user can gain more.
  allow_administrator = true
}

output "bearer_token" {
  value     = qumulo_access_token.keyed.bearer_token
  sensitive = true
}
