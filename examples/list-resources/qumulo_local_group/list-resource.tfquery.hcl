list "qumulo_local_group" "teams" {
  provider = qumulo

  config {
    name_pattern = "team-*"
  }
}
