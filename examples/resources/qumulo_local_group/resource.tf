resource "qumulo_local_group" "operators" {
  name = "operators"
}

# All members of the group hold the privileges of the role.
resource "qumulo_role_member" "operators" {
  role_name = "Observers"
  auth_id   = qumulo_local_group.operators.id
}
