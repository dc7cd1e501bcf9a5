variable "password" {
  type      = string
  sensitive = true
  ephemeral = true
}

ephemeral "qumulo_session" "archive" {
  username = "svc-archive"
  password = var.password
}

# The provider once more, signed in as somebody else.
provider "qumulo" {
  alias        = "archive"
  bearer_token = ephemeral.qumulo_session.archive.bearer_token
}

data "qumulo_who_am_i" "archive" {
  provider = qumulo.archive
}
