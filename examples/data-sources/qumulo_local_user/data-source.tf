data "qumulo_local_user" "archive" {
  name = "svc-archive"
}

# An account that somebody else manages gets an access token.
resource "qumulo_access_token" "archive" {
  user       = "auth_id:${data.qumulo_local_user.archive.id}"
  expires_in = "30d"
}
