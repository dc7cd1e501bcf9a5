resource "qumulo_local_user" "backup" {
  name = "svc-backup"
}

resource "qumulo_future_grant" "backup" {
  user = qumulo_local_user.backup.name
}
