resource "qumulo_local_user" "monitor" {
  name = "svc-monitor"
}

# A user of the cluster, in a role that the cluster brings along.
resource "qumulo_role_member" "monitor" {
  role_name = "Observers"
  auth_id   = qumulo_local_user.monitor.id
}

# An identity can be named in other ways as well.
resource "qumulo_role_member" "nfs_user" {
  role_name = "Observers"
  uid       = "5001"
}
