list "qumulo_role_member" "administrators" {
  provider = qumulo

  config {
    role             = "Administrators"
    include_built_in = true
  }
}
