data "qumulo_access_tokens" "archive" {
  user = "local:svc-archive"
}

data "qumulo_access_token" "archive" {
  id = data.qumulo_access_tokens.archive.access_tokens[0].id
}

output "archive_token_ends" {
  value = data.qumulo_access_token.archive.expiration_time
}
