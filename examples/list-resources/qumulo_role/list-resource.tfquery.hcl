# Roles whose members can change roles, and so give themselves more.
list "qumulo_role" "escalating" {
  provider = qumulo

  config {
    privilege        = "PRIVILEGE_ROLE_WRITE"
    include_built_in = true
  }
}
