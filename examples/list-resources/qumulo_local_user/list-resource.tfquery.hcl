# Users who hold the role Observers, by themselves or as members of a group.
list "qumulo_local_user" "observers" {
  provider = qumulo
  limit    = 1000

  config {
    name_pattern = "svc-*"
    role         = "Observers"
  }
}
