import {
  to = qumulo_role.reader
  identity = {
    name = "backup-reader"
  }
}
