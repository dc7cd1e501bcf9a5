resource "qumulo_local_user" "boss" {
  name = "boss"
}

resource "qumulo_local_group" "chiefs" {
  name = "chiefs"
}

resource "qumulo_local_group_member" "boss" {
  group_id  = qumulo_local_group.chiefs.id
  member_id = qumulo_local_user.boss.id
}
