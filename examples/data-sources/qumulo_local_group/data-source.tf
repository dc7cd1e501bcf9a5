data "qumulo_local_group" "users" {
  name = "Users"
}

output "members_of_users" {
  value = data.qumulo_local_group.users.members[*].name
}
