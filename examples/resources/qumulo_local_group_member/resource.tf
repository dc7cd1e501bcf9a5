resource "qumulo_local_group" "schedulers" {
  name = "schedulers"
}

resource "qumulo_local_user" "cron" {
  name = "svc-cron"
}

resource "qumulo_local_group_member" "cron" {
  group_id  = qumulo_local_group.schedulers.id
  member_id = qumulo_local_user.cron.id
}
