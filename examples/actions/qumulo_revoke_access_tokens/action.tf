# When a bearer token of the program leaks: terraform apply -invoke=action.qumulo_revoke_access_tokens.leak
action "qumulo_revoke_access_tokens" "leak" {
  config {
    user = "local:svc-archive"
  }
}
