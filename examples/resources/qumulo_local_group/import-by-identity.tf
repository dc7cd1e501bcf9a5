import {
  to = qumulo_local_group.operators
  identity = {
    id = "1005"
  }
}
