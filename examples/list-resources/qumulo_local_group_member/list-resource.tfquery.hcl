list "qumulo_local_group_member" "operators" {
  provider = qumulo
  limit    = 1000

  config {
    group = "operators"
  }
}
