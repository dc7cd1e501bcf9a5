import {
  to = qumulo_role.reader
  id = "backup-reader"
}
