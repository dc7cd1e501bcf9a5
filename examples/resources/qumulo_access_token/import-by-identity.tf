import {
  to = qumulo_access_token.report
  identity = {
    id = "15204896138297435842"
  }
}
