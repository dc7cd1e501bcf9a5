data "qumulo_local_users" "services" {
  name_prefix = "svc-"
}

output "service_accounts" {
  value = { for user in data.qumulo_local_users.services.users : user.name => user.id }
}
