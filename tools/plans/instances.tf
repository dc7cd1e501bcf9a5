variable "clusters" {
  type = map(object({ port = number }))
}

variable "second_password" {
  type      = string
  sensitive = true
}

provider "qumulo" {
  alias    = "west"
  for_each = var.clusters
  host     = "127.0.0.1"
  port     = each.value.port
  username = "admin"
  password = var.second_password
  insecure = true
}

resource "qumulo_role_member" "guest" {
  for_each  = var.clusters
  provider  = qumulo.west[each.key]
  role_name = "Administrators"
  auth_id   = "501"
}

module "account" {
  source     = "./account"
  for_each   = var.clusters
  name       = "svc-metrics"
  privileges = ["PRIVILEGE_METRICS_READ", "PRIVILEGE_KERBEROS_KEYTAB_READ"]
  providers  = { qumulo = qumulo.west[each.key] }
}
