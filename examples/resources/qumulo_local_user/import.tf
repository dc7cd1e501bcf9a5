# The id of the user, or the name.
import {
  to = qumulo_local_user.backup
  id = "1004"
}
