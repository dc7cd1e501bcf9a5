data "qumulo_roles" "all" {}

output "roles_that_write_roles" {
  value = [for role in data.qumulo_roles.all.roles : role.name if contains(role.privileges, "PRIVILEGE_ROLE_WRITE")]
}
