import {
  to = qumulo_local_user.backup
  identity = {
    id = "1004"
  }
}
