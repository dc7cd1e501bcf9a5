# The name of the role.
import {
  to = qumulo_role_members.quotas
  id = "quota-editor"
}
