# The id of the access token; `qq auth_list_access_tokens` shows the ids.
import {
  to = qumulo_access_token.report
  id = "15204896138297435842"
}
