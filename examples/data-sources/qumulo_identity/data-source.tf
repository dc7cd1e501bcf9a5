data "qumulo_identity" "archive" {
  identity = "local:svc-archive"
}

output "groups_of_archive" {
  value = data.qumulo_identity.archive.groups[*].name
}
