# The name of the role.
import {
  to = qumulo_role.reader
  id = "backup-reader"
}
