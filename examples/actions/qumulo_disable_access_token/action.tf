resource "qumulo_access_token" "archive" {
  user       = "local:svc-archive"
  expires_in = "90d"
}

# On a suspicion: terraform apply -invoke=action.qumulo_disable_access_token.suspect
action "qumulo_disable_access_token" "suspect" {
  config {
    id = qumulo_access_token.archive.id
  }
}
