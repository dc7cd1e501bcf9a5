# The id of the group and the id of the member.
import {
  to = qumulo_local_group_member.cron
  id = "1005:1004"
}
