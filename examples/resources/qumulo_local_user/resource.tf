# A service account: nobody knows its password, it works through access tokens alone.
resource "qumulo_local_user" "backup" {
  name = "svc-backup"
}

variable "password" {
  type      = string
  sensitive = true
  ephemeral = true
}

# A user who logs in. The password is in no plan and no state; this needs Terraform 1.11 or OpenTofu 1.11.
resource "qumulo_local_user" "operator" {
  name                = "operator"
  home_directory      = "/home/operator"
  password_wo         = var.password
  password_wo_version = "1"
}
