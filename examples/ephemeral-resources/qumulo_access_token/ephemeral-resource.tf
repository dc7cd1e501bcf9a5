# Decided anew in each run, while applying: `user` is unknown until then, and no plan opens a token.
resource "terraform_data" "user" {
  input            = "local:svc-index"
  triggers_replace = timestamp()
}

ephemeral "qumulo_access_token" "index" {
  user       = terraform_data.user.output
  expires_in = "5m"
}

# Whatever takes the bearer token keeps it in no plan and no state: here the environment of a program.
resource "terraform_data" "index" {
  triggers_replace = terraform_data.user.id

  provisioner "local-exec" {
    command     = "test -n \"$QUMULO_BEARER_TOKEN\"" # your program stands here
    environment = { QUMULO_BEARER_TOKEN = ephemeral.qumulo_access_token.index.bearer_token }
  }
}
