data "qumulo_access_tokens" "all" {}

# The users whose tokens never end.
output "tokens_without_end" {
  value = [for token in data.qumulo_access_tokens.all.access_tokens : token.identity.name if token.expiration_time == null]
}
