import {
  to = qumulo_role_members.quotas
  identity = {
    role_name = "quota-editor"
  }
}
