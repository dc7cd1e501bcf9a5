data "qumulo_local_users" "all" {}

data "qumulo_identity" "boss" {
  identity = "boss"
}

data "qumulo_local_group" "chiefs" {
  name = "chiefs"
}

resource "qumulo_role" "keepers" {
  name       = "keepers"
  privileges = ["PRIVILEGE_ROLE_WRITE"]
}

resource "qumulo_role_member" "chiefs" {
  role_name = qumulo_role.keepers.name
  auth_id   = data.qumulo_local_group.chiefs.id
}

resource "qumulo_role_member" "boss" {
  role_name = "Observers"
  domain    = "LOCAL"
  name      = "boss"
}
