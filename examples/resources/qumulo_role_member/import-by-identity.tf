import {
  to = qumulo_role_member.monitor
  identity = {
    role_name = "Observers"
    auth_id   = "1004"
  }
}
