# The id of the group, or the name.
import {
  to = qumulo_local_group.operators
  id = "1005"
}
