import {
  to = qumulo_local_group_member.cron
  identity = {
    group_id  = "1005"
    member_id = "1004"
  }
}
