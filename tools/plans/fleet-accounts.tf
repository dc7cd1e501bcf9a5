resource "qumulo_local_user" "svc" {
  name = "svc"
}

resource "qumulo_role_member" "svc" {
  role_name = "keepers"
  auth_id   = qumulo_local_user.svc.id
}
