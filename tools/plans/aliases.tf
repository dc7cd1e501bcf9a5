variable "first_port" {
  type = number
}

variable "second_password" {
  type      = string
  sensitive = true
}

locals {
  computed = { host = "127.0.0.1" }
}

provider "qumulo" {
  alias    = "people"
  host     = "127.0.0.1"
  port     = var.first_port
  username = "admin"
  password = var.second_password
  insecure = true
}

provider "qumulo" {
  alias    = "rights"
  host     = "127.0.0.1"
  port     = var.first_port
  username = "admin"
  password = var.second_password
  insecure = true
}

provider "qumulo" {
  alias    = "perhaps"
  host     = local.computed.host
  port     = var.first_port
  username = "admin"
  password = var.second_password
  insecure = true
}

resource "qumulo_local_user" "svc" {
  provider = qumulo.people
  name     = "svc"
}

resource "qumulo_access_token" "svc" {
  provider   = qumulo.people
  user       = "local:${qumulo_local_user.svc.name}"
  expires_in = "90d"
}

resource "qumulo_role" "keys" {
  provider   = qumulo.rights
  name       = "keys"
  privileges = ["PRIVILEGE_ROLE_WRITE"]
}

resource "qumulo_role_member" "svc" {
  provider  = qumulo.rights
  role_name = qumulo_role.keys.name
  domain    = "LOCAL"
  name      = "SVC"

  depends_on = [qumulo_local_user.svc]
}

resource "qumulo_role_member" "administrator" {
  provider  = qumulo.perhaps
  role_name = "Administrators"
  domain    = "LOCAL"
  name      = "svc"

  depends_on = [qumulo_local_user.svc]
}
