terraform {
  required_providers {
    qumulo = { source = "cdktf-qumulo/qumulo" }
  }
}

variable "name" {
  type = string
}

variable "privileges" {
  type = set(string)
}

resource "qumulo_local_user" "this" {
  name = var.name
}

resource "qumulo_role" "this" {
  name       = "${var.name}-role"
  privileges = var.privileges
}

resource "qumulo_role_member" "this" {
  role_name = qumulo_role.this.name
  auth_id   = qumulo_local_user.this.id
}

resource "qumulo_access_token" "this" {
  user = "auth_id:${qumulo_local_user.this.id}"
}
