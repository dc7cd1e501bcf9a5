# The name of the role and the auth_id of the member.
import {
  to = qumulo_role_member.monitor
  id = "Observers:1004"
}
