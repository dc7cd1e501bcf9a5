variable "first_port" {
  type = number
}

variable "second_port" {
  type = number
}

variable "second_password" {
  type      = string
  sensitive = true
}

provider "qumulo" {
  alias    = "east"
  host     = "127.0.0.1"
  port     = var.first_port
  username = "admin"
  password = var.second_password
  insecure = true
}

provider "qumulo" {
  alias    = "west"
  host     = "127.0.0.1"
  port     = var.second_port
  username = "admin"
  password = var.second_password
  insecure = true
}

resource "qumulo_local_user" "east" {
  provider = qumulo.east
  name     = "svc"
}

resource "qumulo_role" "east" {
  provider   = qumulo.east
  name       = "keepers"
  privileges = ["PRIVILEGE_ROLE_WRITE"]
}

resource "qumulo_local_user" "west_first" {
  provider = qumulo.west
  name     = "other"
}

resource "qumulo_local_user" "west" {
  provider   = qumulo.west
  name       = "svc"
  depends_on = [qumulo_local_user.west_first]
}

resource "qumulo_role" "west" {
  provider   = qumulo.west
  name       = "keepers"
  privileges = ["PRIVILEGE_QUOTA_READ"]
}

resource "qumulo_role_member" "west" {
  provider  = qumulo.west
  role_name = qumulo_role.west.name
  auth_id   = qumulo_local_user.west.id
}
