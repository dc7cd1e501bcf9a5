provider "qumulo" {
  host     = "127.0.0.1"
  port     = 0
  username = "admin"
  password = var.second_password
  insecure = true
}

variable "second_password" {
  type      = string
  sensitive = true
}

resource "qumulo_role" "keepers" {
  name       = "keepers"
  privileges = ["PRIVILEGE_QUOTA_READ"]
}
