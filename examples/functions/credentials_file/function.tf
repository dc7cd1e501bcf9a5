resource "qumulo_local_user" "copy" {
  name = "svc-copy"
}

resource "qumulo_access_token" "copy" {
  user       = "auth_id:${qumulo_local_user.copy.id}"
  expires_in = "30d"
}

# (umask 077; tofu output -raw credentials_file > qq-credentials)
# qq --host cluster.example.com --credentials-store qq-credentials who_am_i
output "credentials_file" {
  value     = provider::qumulo::credentials_file(qumulo_access_token.copy.bearer_token)
  sensitive = true
}
